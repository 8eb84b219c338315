//go:build !unix

package bench

import "os"

func flushDisks() {}

// peak is not known here: the report leaves the column out.
func peak(*os.ProcessState) int64 { return 0 }
