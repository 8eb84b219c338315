package cli

import (
	"math"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

const (
	// restful is how much memory, in bytes, the program may take before garbage is collected at all. A site of a few
	// hundred pages never takes it.
	restful = 256 << 20
	// small is how much may be in use, in bytes, before the bound rises. Nearer to restful, the collector would run without end.
	small = 185 << 20
	// growth is by how many tenths of a byte the bound rises for each byte in use beyond that.
	growth = 25
)

// tuneMemory lets the garbage collector rest while little memory is taken, and keeps it busy when it is much: a percentage
// alone collects a small heap too often and lets a large one grow too far. GOGC and GOMEMLIMIT, where set, are obeyed
// instead.
func tuneMemory(getenv func(string) string) {
	if getenv("GOGC") != "" || getenv("GOMEMLIMIT") != "" {
		return
	}
	limit := func(live uint64) {
		if live > small {
			debug.SetMemoryLimit(math.MaxInt64)
			debug.SetGCPercent(percentFor(live))
		} else {
			debug.SetMemoryLimit(restful)
			debug.SetGCPercent(-1)
		}
	}
	limit(0)
	afterCollection(limit)
}

// percentFor is how much a heap with so many bytes in use may grow before it is collected again, in percent.
func percentFor(live uint64) int {
	bound := restful + (live-small)*growth/10
	return int((bound - live) * 100 / live)
}

// afterCollection calls f, with the bytes that are in use, after each collection of garbage from now on.
func afterCollection(f func(live uint64)) {
	type sentinel struct{ _ *sentinel } // holds a pointer, so that it is not one of many tiny objects in one block
	sample := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	var watch func(*sentinel)
	watch = func(s *sentinel) {
		metrics.Read(sample)
		f(sample[0].Value.Uint64())
		runtime.SetFinalizer(s, watch)
	}
	runtime.SetFinalizer(&sentinel{}, watch)
}
