package cli

import (
	"math"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"sync"
)

// How much memory the program may take before garbage is collected at all, in bytes.
const (
	// restful is for a site of up to a thousand pages.
	restful = 240 << 20
	// perByte is for each byte of a larger site's pages. Plain Hugo takes four fifths of that.
	perByte = 51
	// largest is where it ends, however large the site.
	largest = 2200 << 20
)

// pace says how the bound gives way: a heap of which nearly all is in use would be collected without end. With more than small
// thousandths of the bound in use, the bound rises, by growth thousandths of a byte for each further byte in use.
type pace struct{ small, growth uint64 }

var (
	alone = pace{700, 2500}
	// besideOthers is for one of several processes: a heap grows by six tenths of what is in use, however much that is.
	besideOthers = pace{625, 1600}
)

// collector keeps the garbage collector at rest while little memory is taken for the size of a site, and busy when it is
// much: a percentage alone collects a small heap too often and lets a large one grow too far.
type collector struct {
	pace
	mu   sync.Mutex
	rest uint64
	live uint64 // after the last collection
}

// startCollector sets the garbage collector by its pace from now on, with a bound of rest bytes.
func startCollector(p pace, rest uint64) *collector {
	c := &collector{pace: p, rest: rest}
	c.collected(0)
	afterCollection(c.collected)
	return c
}

// tuneMemory sets the garbage collector, and returns what is to be told the size of a site's pages. GOGC and GOMEMLIMIT,
// where set, are obeyed instead.
func tuneMemory(getenv func(string) string) (sized func(bytes int)) {
	if getenv("GOGC") != "" || getenv("GOMEMLIMIT") != "" {
		return nil
	}
	return startCollector(alone, restful).sized
}

func (c *collector) sized(bytes int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.rest = restFor(bytes)
	c.set()
}

func (c *collector) collected(live uint64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.live = live
	c.set()
}

func (c *collector) set() {
	if percent := c.percentFor(c.live, c.rest); percent >= 0 {
		debug.SetMemoryLimit(math.MaxInt64)
		debug.SetGCPercent(percent)
	} else {
		debug.SetMemoryLimit(int64(c.rest))
		debug.SetGCPercent(-1)
	}
}

// restFor is the bound for pages of so many bytes.
func restFor(bytes int) uint64 { return min(max(restful, uint64(bytes)*perByte), largest) }

// percentFor is how much a heap with so many bytes in use may grow before it is collected again, in percent; below zero
// where the bound itself says when.
func (p pace) percentFor(live, rest uint64) int {
	from := rest * p.small / 1000
	if live <= from {
		return -1
	}
	bound := rest + (live-from)*p.growth/1000
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
