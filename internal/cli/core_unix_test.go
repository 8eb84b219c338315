//go:build unix

package cli

import (
	"syscall"
	"testing"
)

func TestNoCoreDumps(t *testing.T) {
	var before, after syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_CORE, &before); err != nil {
		t.Fatal(err)
	}
	noCoreDumps()
	if err := syscall.Getrlimit(syscall.RLIMIT_CORE, &after); err != nil || after.Cur != 0 {
		t.Errorf("the limit was %d and is %d, %v", before.Cur, after.Cur, err)
	}
}
