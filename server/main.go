// Command gradin serves the distribution of tickets through others: API, pages
// and jobs in one program. `gradin --help` explains all.
package main

import (
	"os"
	_ "time/tzdata" // the zones of venues, where the machine has none

	"gradin/server/command"
)

func main() { os.Exit(command.Run(os.Args[1:], os.Stdout, os.Stderr)) }
