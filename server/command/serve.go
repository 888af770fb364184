package command

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"runtime/debug"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"gradin/frontend"
	"gradin/graph"
	"gradin/graph/generated"
	"gradin/server/access"
	"gradin/server/account"
	"gradin/server/cart"
	"gradin/server/config"
	"gradin/server/db"
	"gradin/server/distribution"
	"gradin/server/execution"
	"gradin/server/mail"
	"gradin/server/metric"
	"gradin/server/privacy"
	"gradin/server/seatmap"
	"gradin/server/trace"
	"gradin/server/viewer"
	"gradin/server/walletfile"
	"gradin/server/web"
	"gradin/server/web/protocol"
	"gradin/server/web/recipient"
)

type serveCommand struct {
	config.Serve
}

// Run serves until a signal comes.
func (c *serveCommand) Run(ctx context.Context, o outlet) error {
	tune()
	s, err := Start(ctx, c.Serve, o.out, o.log)
	if err != nil {
		return err
	}
	<-ctx.Done()
	return s.Stop()
}

// tune lets the collector run less often, where the environment does not say
// otherwise: answers are made of many small pieces, and a server has the memory.
// The soft limit makes it careful again before that is much.
func tune() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(400)
	}
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(1 << 30)
	}
}

// Server is a running program.
type Server struct {
	// URL is where it listens, such as http://127.0.0.1:8080.
	URL string
	// MetricsURL is where the figures are; empty for nowhere.
	MetricsURL string
	Store      *db.DB
	log        *slog.Logger
	http       *http.Server
	metrics    *http.Server
	graphql    *protocol.Handler
	alarm      *execution.Alarm
	cancel     context.CancelFunc
	done       []<-chan struct{}
	tracer     *trace.Tracer
	release    func()
}

// parts are the domains, wired.
type parts struct {
	accounts     *account.Service
	limiter      *account.Limiter
	runs         *execution.Service
	distribution *distribution.Service
	mails        *mail.Service
	privacy      *privacy.Service
	maps         *seatmap.Service
	figures      *metric.Recorder
	documents    map[string]string
	carts        *cart.Service
	passes       *walletfile.Signer
	tracer       *trace.Tracer
	key          []byte
	baseURL      string
}

// Start opens the store, wires the domains and serves. It returns when requests
// are answered; Stop ends it.
func Start(ctx context.Context, c config.Serve, out, logTo io.Writer) (*Server, error) {
	s := &Server{log: logger(c.LogFormat, logTo), release: func() {}}
	if c.DatabaseURL == "" {
		release, err := holdFolder(c.Data)
		if err != nil {
			return nil, err
		}
		s.release = release
	}
	if err := s.start(ctx, c, out); err != nil {
		_ = s.Stop()
		return nil, err
	}
	return s, nil
}

func (s *Server) start(ctx context.Context, c config.Serve, out io.Writer) error {
	store, err := migrated(ctx, c.Store)
	if err != nil {
		return err
	}
	s.Store = store
	if err := freeLeases(ctx, store); err != nil {
		return err
	}
	listener, err := net.Listen("tcp", c.Addr)
	if err != nil {
		return fmt.Errorf("listen on GRADIN_ADDR %s: %w", c.Addr, err)
	}
	s.URL = "http://" + listener.Addr().String()
	p, err := wire(c, store, s.URL, s.log)
	if err != nil {
		_ = listener.Close()
		return err
	}
	s.tracer = p.tracer
	if c.Demo {
		if err := addDemo(ctx, store, p.accounts, out); err != nil {
			return err
		}
	}
	if err := s.door(c, p); err != nil {
		_ = listener.Close()
		return err
	}
	if err := s.work(c, p); err != nil {
		return err
	}
	go func() {
		if err := s.http.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			s.log.Error("serve", "error", err)
		}
	}()
	if c.MetricsAddr != "" {
		if err := s.serveMetrics(c.MetricsAddr, p.figures); err != nil {
			return err
		}
	}
	_, err = fmt.Fprintf(out, "Gradin serves on %s\n", p.baseURL)
	return err
}

func logger(format string, to io.Writer) *slog.Logger {
	if format == "json" {
		return slog.New(slog.NewJSONHandler(to, nil))
	}
	return slog.New(slog.NewTextHandler(to, nil))
}

func wire(c config.Serve, store *db.DB, address string, log *slog.Logger) (*parts, error) {
	key, err := c.Key()
	if err != nil {
		return nil, err
	}
	documents, err := listed()
	if err != nil {
		return nil, err
	}
	p := &parts{key: key, baseURL: c.BaseURL, documents: documents, figures: metric.New(store, documents)}
	if p.baseURL == "" {
		p.baseURL = address
	}
	p.limiter = account.NewLimiter(store, time.Now, log, rates(c.Limits))
	p.accounts = account.New(store, time.Now, log, p.limiter)
	p.runs = execution.New(store, log, c.Lease, time.Now)
	p.distribution = distribution.New(store, p.runs, log, time.Now, c.Chunk)
	p.carts = cart.New(store, p.distribution, time.Now)
	p.maps = seatmap.New(store, p.distribution.Sight, time.Now)
	p.privacy = privacy.New(store, time.Now)
	mails := mail.Config{BaseURL: p.baseURL, LinkKey: key, From: c.MailFrom, Pool: c.MailPool, PerSecond: c.MailRate, Observe: p.figures.Mail}
	if c.SMTP != "" {
		if mails.SMTP, err = mail.ParseSMTP(c.SMTP); err != nil {
			return nil, fmt.Errorf("GRADIN_SMTP_URL: %w", err)
		}
	}
	if mails.Signature, err = signature(c); err != nil {
		return nil, err
	}
	if err := mails.Validate(); err != nil {
		return nil, err
	}
	if p.passes, err = passes(c); err != nil {
		return nil, err
	}
	if p.tracer, err = trace.New(context.Background(), c.Traces, Version, log); err != nil {
		return nil, err
	}
	p.mails = mail.New(store, mails, time.Now, log)
	return p, nil
}

// signature makes what signs mails; nil where nobody set a key.
func signature(c config.Serve) (*mail.Signature, error) {
	key, err := c.DKIM()
	if err != nil || key == nil {
		return nil, err
	}
	s, err := mail.NewSignature(c.DKIMDomain, c.DKIMSelector, key)
	if err != nil {
		return nil, fmt.Errorf("GRADIN_DKIM_KEY, GRADIN_DKIM_DOMAIN and GRADIN_DKIM_SELECTOR: %w", err)
	}
	return s, nil
}

// passes makes what signs Apple-wallet passes; nil where nobody set a certificate.
func passes(c config.Serve) (*walletfile.Signer, error) {
	certificate, key, intermediate, err := c.Apple()
	if err != nil || certificate == nil {
		return nil, err
	}
	signer, err := walletfile.New(certificate, key, intermediate)
	if err != nil {
		return nil, fmt.Errorf("GRADIN_APPLE_CERTIFICATE, GRADIN_APPLE_KEY and GRADIN_APPLE_WWDR: %w", err)
	}
	return signer, nil
}

// door makes the HTTP server.
func (s *Server) door(c config.Serve, p *parts) error {
	proxies, err := c.Proxies()
	if err != nil {
		return err
	}
	resolver := &graph.Resolver{
		Store: s.Store, Accounts: p.accounts, Distribution: p.distribution, Runs: p.runs, Mails: p.mails, Maps: p.maps, Carts: p.carts, Access: access.New(s.Store, time.Now), Privacy: p.privacy,
		LinkKey: p.key, MailsLeave: p.mails.Leaves(), Now: time.Now,
	}
	schema := generated.NewExecutableSchema(generated.Config{
		Resolvers: resolver, Directives: generated.DirectiveRoot{Idempotent: graph.Idempotent},
	})
	s.graphql, err = protocol.New(protocol.Config{
		Schema: schema, Limits: bounds(c.Limits), Logger: s.log,
		Development: c.Development, SignedIn: signedIn, MayIntrospect: mayIntrospect, FreeDocuments: freeDocuments,
		Documents: p.documents, LoginFields: []string{"signIn", "changePassword"}, Account: accountOf, Session: sessionOf, Language: viewer.Language,
		RateLimiter: p.limiter, TrustedProxies: proxies, SessionCookies: []string{web.Cookie}, QueriesByGET: true,
		Init: entering{p.accounts}.init, Recheck: entering{p.accounts}.recheck,
		UploadDir: filepath.Join(c.Data, "uploads"), Present: present,
		Extensions: []graphql.HandlerExtension{trace.Operations(), graph.HotLists(), p.figures.Operations()},
	})
	if err != nil {
		return err
	}
	s.http = &http.Server{
		ReadHeaderTimeout: 5 * time.Second, IdleTimeout: 60 * time.Second, MaxHeaderBytes: 64 << 10,
		ErrorLog: slog.NewLogLogger(s.log.Handler(), slog.LevelWarn),
		Handler: web.New(web.Config{
			Store: s.Store, Accounts: p.accounts, Distribution: p.distribution, Maps: p.maps, Privacy: p.privacy, GraphQL: s.graphql,
			Recipient: recipient.New(s.Store, p.distribution, p.key, time.Now, s.log, p.passes), Assets: frontend.FS(), LinkKey: p.key,
			Log: s.log, Now: time.Now, Limiter: p.limiter, Measure: p.figures.Request, Trace: p.tracer,
			Address: func(r *http.Request) string { return protocol.ClientAddress(r, proxies).String() },
		}),
	}
	return nil
}

// listed reads the allow-list of the SPA's documents (API-10); a checkout
// without a built SPA has none.
func listed() (map[string]string, error) {
	text, err := fs.ReadFile(frontend.FS(), "documents.json")
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil //nolint:nilnil // no SPA, no documents
	}
	if err != nil {
		return nil, err
	}
	var documents map[string]string
	if err := json.Unmarshal(text, &documents); err != nil {
		return nil, fmt.Errorf("read the SPA's documents: %w", err)
	}
	return documents, nil
}

func (s *Server) serveMetrics(addr string, figures *metric.Recorder) error {
	listener, err := net.Listen("tcp", addr)
	if err != nil {
		return fmt.Errorf("listen on GRADIN_METRICS_ADDR %s: %w", addr, err)
	}
	s.MetricsURL = "http://" + listener.Addr().String() + "/metrics"
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", figures.Handler())
	s.metrics = &http.Server{Handler: mux, ReadHeaderTimeout: 5 * time.Second}
	go func() {
		if err := s.metrics.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			s.log.Error("serve metrics", "error", err)
		}
	}()
	return nil
}

// Stop ends gracefully: no new requests, sockets told, jobs at their next
// commit, then the store.
func (s *Server) Stop() error {
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	if s.graphql != nil {
		_ = s.graphql.Drain(ctx)
	}
	if s.http != nil {
		_ = s.http.Shutdown(ctx)
	}
	if s.metrics != nil {
		_ = s.metrics.Shutdown(ctx)
	}
	if s.alarm != nil {
		_ = s.alarm.Stop()
	}
	if s.cancel != nil {
		s.cancel()
	}
	for _, done := range s.done {
		<-done
	}
	err := s.tracer.Stop(ctx)
	if s.Store != nil {
		err = errors.Join(err, s.Store.Close())
	}
	s.release()
	return err
}
