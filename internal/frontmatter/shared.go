package frontmatter

import (
	"crypto/sha256"
	"strings"
	"sync"
)

// decoded is what DecodeShared gave, by the digest of the source. It does not grow with the sites that a process builds:
// they have these files in common.
var decoded sync.Map // [32]byte -> shared

type shared struct {
	values map[string]any
	fault  *Fault
}

// DecodeShared is [Decode] for a file that many sites may have in common: one that comes with the program or with a pack,
// as its name in findings says, is decoded once in a process. What it returns belongs to everybody and is never changed:
// who wants it otherwise makes a copy, of inner tables too.
func DecodeShared(file string, src []byte) (map[string]any, *Fault) {
	if !strings.HasPrefix(file, "program:") && !strings.Contains(file, ".pack:") {
		return Decode(src)
	}
	key := sha256.Sum256(src)
	if known, ok := decoded.Load(key); ok {
		s := known.(shared)
		return s.values, s.fault
	}
	values, fault := Decode(src)
	decoded.Store(key, shared{values, fault})
	return values, fault
}
