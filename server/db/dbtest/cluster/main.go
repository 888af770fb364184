// Command cluster starts a temporary PostgreSQL, runs a command with its
// address in GRADIN_TEST_DATABASE_URL (and DATABASE_URL where -url is given),
// stops it, and ends with the command's exit status.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"runtime"
	"syscall"

	"gradin/server/db/dbtest"
)

func main() {
	// The cluster ends with the thread that started it, so stay on it.
	runtime.LockOSThread()
	os.Exit(run(os.Args[1:]))
}

func run(args []string) int {
	names := []string{"GRADIN_TEST_DATABASE_URL"}
	if len(args) > 0 && args[0] == "-url" {
		names, args = append(names, "DATABASE_URL"), args[1:]
	}
	if len(args) == 0 {
		fmt.Fprintln(os.Stderr, "usage: cluster [-url] COMMAND [ARG …]")
		return 2
	}
	signal.Ignore(syscall.SIGINT)
	cluster, err := dbtest.StartCluster(context.Background())
	if err != nil {
		fmt.Fprintln(os.Stderr, "cluster:", err)
		return 1
	}
	defer cluster.Stop()
	command := exec.Command(args[0], args[1:]...)
	command.Env = os.Environ()
	for _, name := range names {
		command.Env = append(command.Env, name+"="+cluster.URL)
	}
	command.Stdin, command.Stdout, command.Stderr = os.Stdin, os.Stdout, os.Stderr
	err = command.Run()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return exit.ExitCode()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "cluster:", err)
		return 1
	}
	return 0
}
