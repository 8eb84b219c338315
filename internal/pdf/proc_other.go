//go:build !unix

package pdf

import "os/exec"

// group does nothing where there are no process groups: the browser's own children go with it.
func group(*exec.Cmd) {}

func killGroup(*exec.Cmd) error { return nil }
