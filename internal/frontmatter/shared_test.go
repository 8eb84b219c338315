package frontmatter

import (
	"reflect"
	"sync"
	"testing"
)

// A file of the program or of a pack is decoded once, one of a site each time; what is wrong with it is told each time.
func TestDecodeShared(t *testing.T) {
	src := []byte("[a]\nlabel = \"x\"\n")
	pointer := func(file string) uintptr {
		values, fault := DecodeShared(file, src)
		if fault != nil {
			t.Fatal(fault.Message)
		}
		return reflect.ValueOf(values).Pointer()
	}
	for file, once := range map[string]bool{"program:data/x.toml": true, "national.pack:data/x.toml": true, "data/x.toml": false} {
		first, second := pointer(file), pointer(file)
		if same := first == second; same != once {
			t.Errorf("%s: decoded once is %v, want %v", file, same, once)
		}
	}
	for range 2 {
		if values, fault := DecodeShared("program:bad.toml", []byte("a = [")); fault == nil || values != nil || fault.Line != 1 {
			t.Errorf("a fault was lost: %v", fault)
		}
	}
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() { _, _ = DecodeShared("program:data/y.toml", []byte("b = 1")) })
	}
	group.Wait()
}
