//go:build unix

package cli

import "syscall"

// noCoreDumps keeps the system from writing this process's memory, which holds what is withheld, into a file, and that of
// the programs that it starts.
func noCoreDumps() {
	_ = syscall.Setrlimit(syscall.RLIMIT_CORE, &syscall.Rlimit{})
}
