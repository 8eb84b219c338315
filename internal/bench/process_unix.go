//go:build unix

package bench

import (
	"os"
	"runtime"
	"syscall"
)

// flushDisks writes out what the run before left in memory, so that it is not charged to the next one.
func flushDisks() { syscall.Sync() }

func peak(state *os.ProcessState) int64 {
	usage, ok := state.SysUsage().(*syscall.Rusage)
	if !ok {
		return 0
	}
	if runtime.GOOS == "darwin" || runtime.GOOS == "ios" {
		return int64(usage.Maxrss) // in bytes there, in kilobytes everywhere else
	}
	return int64(usage.Maxrss) * 1024
}
