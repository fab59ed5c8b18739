// Command wenguan runs a district's public cultural facilities: who may use which space when, the QR pass that opens
// the door, and the summaries of how well everything is used.
package main

import (
	"os"
	_ "time/tzdata" // venues have zones; a container may have no zone files

	"wenguan/app"
)

func main() { os.Exit(app.Main(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) }
