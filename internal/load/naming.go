package load

import (
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"candour/internal/diag"
)

// printable reports whether a path can be written into a message, an address and a manifest, and be told from others by sight.
// What joins letters of other scripts or pictures is part of them.
func printable(p string) bool {
	if !utf8.ValidString(p) {
		return false
	}
	runes := []rune(p)
	for i, r := range runes {
		switch {
		case r == '\u200c' || r == '\u200d':
			if i == 0 || i == len(runes)-1 || runes[i-1] < 0x80 || runes[i+1] < 0x80 {
				return false
			}
		case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp):
			return false
		}
	}
	return true
}

// spelt are the paths that were seen, as systems spell them that cannot tell capital letters, or two ways of writing an accent.
type spelt map[string]string

// add notes a path. Where another is spelt like it, it names that one and says how they differ.
func (s spelt) add(p string) (other string, fault *diag.Finding) {
	key := strings.ToLower(norm.NFC.String(p))
	other, taken := s[key]
	if !taken {
		s[key] = p
		return "", nil
	}
	how := "differs from %s only in capital letters, and many web servers and computers cannot tell them apart"
	if norm.NFC.String(p) == norm.NFC.String(other) {
		how = "looks like %s and is written with different characters (an accent in one of them is a character of its own), which many computers cannot tell apart"
	}
	f := diag.New(diag.CaseCollision, diag.Pos{File: p}, "rename one of them", how, other)
	return other, &f
}

// devices are names that Windows keeps for itself, whatever follows them after a dot.
var devices = []string{"con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9",
	"lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9"}

// portable warns of a name that Windows cannot have: whoever works there, or serves the site from there, is without the file.
func portable(p, name string) *diag.Finding {
	base, _, _ := strings.Cut(strings.ToLower(name), ".")
	what := ""
	switch {
	case slices.Contains(devices, strings.TrimRight(base, " ")):
		what = "has a name that Windows keeps for a device"
	case strings.ContainsAny(name, `:|?*<>"`):
		what = "has a character in its name that Windows does not take"
	case strings.HasSuffix(name, ".") || strings.HasSuffix(name, " "):
		what = "has a name that ends in a dot or a space, which Windows takes off"
	default:
		return nil
	}
	hint := "rename it, with letters, digits and hyphens"
	if ext := path.Ext(name); base != "" && ext != "" && what == "has a name that Windows keeps for a device" {
		hint = "rename it, such as " + base + "-page" + ext
	}
	f := diag.New(diag.NotPortable, diag.Pos{File: p}, hint, "%s", what)
	return &f
}
