package bench

import (
	"fmt"
	"os"
	"strconv"
	"strings"
)

// treeMemory is what a process and all that it started hold in memory now, in bytes.
func treeMemory(pid int) int64 {
	total := int64(0)
	if data, err := os.ReadFile(fmt.Sprintf("/proc/%d/statm", pid)); err == nil {
		if fields := strings.Fields(string(data)); len(fields) > 1 {
			pages, _ := strconv.ParseInt(fields[1], 10, 64)
			total = pages * int64(os.Getpagesize())
		}
	}
	tasks, _ := os.ReadDir(fmt.Sprintf("/proc/%d/task", pid)) // a child hangs on the thread that started it
	for _, task := range tasks {
		children, _ := os.ReadFile(fmt.Sprintf("/proc/%d/task/%s/children", pid, task.Name()))
		for _, child := range strings.Fields(string(children)) {
			if n, err := strconv.Atoi(child); err == nil {
				total += treeMemory(n)
			}
		}
	}
	return total
}
