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
	URL     string
	folder  string
	process *exec.Cmd
}

// StartCluster makes a cluster in a temporary folder and starts it on a free
// port of the loopback interface. PostgreSQL refuses to run as root, so root
// runs it as the account "postgres" or "nobody".
func StartCluster(ctx context.Context) (*Cluster, error) {
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
	c := &Cluster{folder: folder}
	return c, c.start(ctx, filepath.Join(filepath.Dir(initdb), "postgres"), data, attributes)
}

func (c *Cluster) start(ctx context.Context, server, data string, attributes *syscall.SysProcAttr) error {
	port, err := freePort()
	if err != nil {
		return err
	}
	c.process = exec.Command(server, "-D", data, "-p", strconv.Itoa(port), "-k", c.folder,
		"-c", "listen_addresses=127.0.0.1", "-c", "fsync=off", "-c", "synchronous_commit=off",
		"-c", "full_page_writes=off", "-c", "max_connections=300", "-c", "shared_buffers=256MB",
		"-c", "jit=off", "-c", "autovacuum=on", "-c", "log_min_messages=fatal")
	attributes.Pdeathsig = syscall.SIGINT
	c.process.SysProcAttr, c.process.Dir = attributes, c.folder
	if err := c.process.Start(); err != nil {
		return fmt.Errorf("start PostgreSQL: %w", err)
	}
	c.URL = fmt.Sprintf("postgres://gradin@127.0.0.1:%d/postgres?sslmode=disable", port)
	db, err := sql.Open("pgx", c.URL)
	if err != nil {
		return err
	}
	defer db.Close()
	deadline := time.Now().Add(30 * time.Second)
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for {
		if err = db.PingContext(ctx); err == nil {
			return nil
		}
		if time.Now().After(deadline) {
			_ = c.Stop()
			return fmt.Errorf("PostgreSQL does not answer: %w", err)
		}
		<-tick.C
	}
}

// Stop ends the cluster at once and removes its folder.
func (c *Cluster) Stop() error {
	_ = c.process.Process.Signal(syscall.SIGINT)
	_ = c.process.Wait()
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
