package cli

import "strconv"

const (
	// most is how much a worker takes before it collects garbage: half a gigabyte, or its part of the memory where that is
	// less. Some sites long nothing is collected then, and most of what a build makes is let go of when its site is done.
	most = 512 << 20
	// restVariable is how a worker is told what it may take.
	restVariable = "CANDOUR_WORKER_REST"
)

// workerRest divides memory among workers: what one may take before it collects garbage, and what it holds then, with the
// program itself and what the collector did not get to.
func workerRest(workers int, memory int64) (heap, held int64) {
	heap = min(memory/int64(workers)*7/10, most)
	return heap, heap * 10 / 7
}

// workerSettings are what workers are started with. What is set already is obeyed.
func workerSettings(getenv func(string) string, workers, cpus int, heap int64) []string {
	var env []string
	if getenv("GOMAXPROCS") == "" {
		env = append(env, "GOMAXPROCS="+strconv.Itoa(max(1, (cpus+workers-1)/workers)))
	}
	if getenv("GOGC") == "" && getenv("GOMEMLIMIT") == "" {
		size := strconv.FormatInt(heap, 10)
		env = append(env, "GOGC=off", "GOMEMLIMIT="+size, restVariable+"="+size)
	}
	return env
}

// tuneWorker goes on from what a worker was started with: where a site has more in use than the bound leaves room for, the
// bound rises until the site is done.
func tuneWorker(getenv func(string) string) {
	if rest, err := strconv.ParseInt(getenv(restVariable), 10, 64); err == nil && rest > 0 {
		startCollector(besideOthers, uint64(rest))
	}
}
