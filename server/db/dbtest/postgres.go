package dbtest

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
	"syscall"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // connects to the cluster
)

// Cluster is a temporary PostgreSQL started from the distribution's package.
type Cluster struct {
	// URL is the address of its database "postgres".
	URL        string
	folder     string
	server     string
	port       int
	settings   []string
	attributes *syscall.SysProcAttr
	process    *exec.Cmd
	ended      <-chan struct{}
}

// fast is for a cluster that nobody needs after a crash, durable for one that is
// made to crash: its answers are in the log before they are given.
var (
	fast    = []string{"synchronous_commit=off", "full_page_writes=off", "max_connections=300", "shared_buffers=256MB", "autovacuum=on"}
	durable = []string{"synchronous_commit=on", "full_page_writes=on", "max_connections=50", "shared_buffers=32MB"}
)

// StartCluster makes a cluster in a temporary folder and starts it on a free
// port of the loopback interface. PostgreSQL refuses to run as root, so root
// runs it as the account "postgres" or "nobody".
func StartCluster(ctx context.Context) (*Cluster, error) { return newCluster(ctx, fast) }

// StartDurable is StartCluster for a cluster that Crash is for.
func StartDurable(ctx context.Context) (*Cluster, error) { return newCluster(ctx, durable) }

func newCluster(ctx context.Context, settings []string) (*Cluster, error) {
	initdb, err := tool("initdb")
	if err != nil {
		return nil, err
	}
	folder, err := os.MkdirTemp("", "gradin-postgres-")
	if err != nil {
		return nil, err
	}
	attributes, err := unprivileged(folder)
	if err != nil {
		return nil, err
	}
	data := filepath.Join(folder, "data")
	init := exec.CommandContext(ctx, initdb, "--pgdata", data, "--username", "gradin", "--auth", "trust",
		"--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync")
	init.SysProcAttr, init.Dir = attributes, folder
	if out, err := init.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("initdb: %w: %s", err, bytes.TrimSpace(out))
	}
	port, err := freePort()
	if err != nil {
		return nil, err
	}
	attributes.Pdeathsig = syscall.SIGINT
	c := &Cluster{
		folder: folder, server: filepath.Join(filepath.Dir(initdb), "postgres"), port: port, settings: settings, attributes: attributes,
		URL: fmt.Sprintf("postgres://gradin@127.0.0.1:%d/postgres?sslmode=disable", port),
	}
	if err := c.start(ctx); err != nil {
		_ = c.Stop()
		return nil, err
	}
	return c, nil
}

// start starts the server, again where it ends at once, as one does that finds
// the memory of a crashed one still in use, and waits until it answers.
func (c *Cluster) start(ctx context.Context) error {
	db, err := sql.Open("pgx", c.URL)
	if err != nil {
		return err
	}
	defer db.Close()
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	var ended chan struct{}
	for deadline := time.Now().Add(30 * time.Second); time.Now().Before(deadline); <-tick.C {
		if ended == nil {
			if ended, err = c.launch(); err != nil {
				return err
			}
		}
		if err = db.PingContext(ctx); err == nil {
			return nil
		}
		select {
		case <-ended:
			ended = nil
		default:
		}
	}
	return fmt.Errorf("PostgreSQL does not answer: %w", err)
}

// launch starts the server's process; the channel is closed when it has ended.
func (c *Cluster) launch() (chan struct{}, error) {
	args := []string{"-D", filepath.Join(c.folder, "data"), "-p", strconv.Itoa(c.port), "-k", c.folder}
	for _, setting := range append([]string{"listen_addresses=127.0.0.1", "fsync=off", "jit=off", "log_min_messages=fatal"}, c.settings...) {
		args = append(args, "-c", setting)
	}
	process := exec.Command(c.server, args...)
	process.SysProcAttr, process.Dir = c.attributes, c.folder
	if err := process.Start(); err != nil {
		return nil, fmt.Errorf("start PostgreSQL: %w", err)
	}
	c.process = process
	ended := make(chan struct{})
	go func() {
		_ = process.Wait()
		close(ended)
	}()
	c.ended = ended
	return ended, nil
}

// Crash kills the server and all its processes as a power cut would, and starts
// it again at the same address.
func (c *Cluster) Crash(ctx context.Context) error {
	pid := c.process.Process.Pid
	children, err := os.ReadFile(fmt.Sprintf("/proc/%d/task/%d/children", pid, pid))
	if err != nil {
		return err
	}
	for _, text := range append([]string{strconv.Itoa(pid)}, strings.Fields(string(children))...) {
		if child, err := strconv.Atoi(text); err == nil {
			_ = syscall.Kill(child, syscall.SIGKILL)
		}
	}
	<-c.ended
	return c.start(ctx)
}

// Stop ends the cluster at once and removes its folder.
func (c *Cluster) Stop() error {
	if c.process != nil {
		_ = c.process.Process.Signal(syscall.SIGINT)
		<-c.ended
	}
	return os.RemoveAll(c.folder)
}

// tool finds a program of PostgreSQL's server package.
func tool(name string) (string, error) {
	if path, err := exec.LookPath(name); err == nil {
		if real, err := filepath.EvalSymlinks(path); err == nil {
			return real, nil
		}
		return path, nil
	}
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/" + name)
	if len(found) == 0 {
		return "", fmt.Errorf("%s not found: install PostgreSQL 15 or newer (on Debian: apt-get install postgresql)", name)
	}
	sort.Strings(found)
	return found[len(found)-1], nil
}

func unprivileged(folder string) (*syscall.SysProcAttr, error) {
	if os.Getuid() != 0 {
		return &syscall.SysProcAttr{}, nil
	}
	account, err := user.Lookup("postgres")
	if err != nil {
		if account, err = user.Lookup("nobody"); err != nil {
			return nil, err
		}
	}
	uid, _ := strconv.Atoi(account.Uid)
	gid, _ := strconv.Atoi(account.Gid)
	if err := os.Chown(folder, uid, gid); err != nil {
		return nil, err
	}
	return &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}, nil
}

func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer l.Close()
	_, port, _ := strings.Cut(l.Addr().String(), ":")
	return strconv.Atoi(port)
}
