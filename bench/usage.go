package main

import (
	"bytes"
	"os"
	"strconv"
	"time"
)

// usage is what this process has used up: of the processors, and bytes that went to the disk. Both depend on the work alone,
// not on what else the machine does. It is read from Linux's /proc and zero elsewhere.
type usage struct {
	cpu     time.Duration
	written int64
}

// tick is the unit of times in /proc.
const tick = time.Second / 100

func used() (u usage) {
	stat, _ := os.ReadFile("/proc/self/stat")
	_, stat, _ = bytes.Cut(stat, []byte(") ")) // behind the name of the program
	if fields := bytes.Fields(stat); len(fields) > 12 {
		u.cpu = time.Duration(number(fields[11])+number(fields[12])) * tick // by itself, and by the system for it
	}
	io, _ := os.ReadFile("/proc/self/io")
	_, io, _ = bytes.Cut(io, []byte("\nwrite_bytes: "))
	if fields := bytes.Fields(io); len(fields) > 0 {
		u.written = number(fields[0])
	}
	return u
}

func number(text []byte) int64 {
	n, _ := strconv.ParseInt(string(text), 10, 64)
	return n
}

func (u usage) since(before usage) usage {
	return usage{u.cpu - before.cpu, u.written - before.written}
}
