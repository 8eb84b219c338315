// Package pack is the archive in which a national body hands content to many sites: its form, its signature, and the
// reading of one that somebody may have tampered with. Contract, section 8.
//
// A pack is a gzip-compressed tar archive. Its first entry is the manifest, its second the manifest's signature; key lists
// may follow, then every file that the manifest names, in its order. The signature is checked before anything behind it is
// unpacked, and a file is taken only with the size and digest that the signed manifest gives, so that nothing unsigned
// decides how much is read.
package pack

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// Limits of what a pack may hold. They are generous for text and pictures, and small enough for any machine.
const (
	MaxArchive  = 64 << 20  // bytes of the archive
	MaxUnpacked = 256 << 20 // bytes of all its files
	MaxFile     = 32 << 20  // bytes of one file
	MaxFiles    = 10_000
	maxManifest = 4 << 20
	maxPath     = 200 // bytes
)

// Form is the number of this form of archive.
const Form = 1

// Manifest says what a pack is and names every file of it.
type Manifest struct {
	Form           int          `json:"form"`
	Name           string       `json:"name"`
	Version        string       `json:"version"`
	Publisher      string       `json:"publisher"`
	Licence        string       `json:"licence"`
	Attribution    string       `json:"attribution"`
	Date           string       `json:"date"` // RFC 3339
	MinimumCandour string       `json:"minimum_candour"`
	Files          []File       `json:"files"` // sorted by path
	Withdrawn      []Withdrawal `json:"withdrawn,omitempty"`
}

// File is one file of a pack.
type File struct {
	Path   string `json:"path"` // content/…, data/… or static/…, forward slashes
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"` // 64 hexadecimal digits
}

// Withdrawal is a page that an earlier version held and this one takes back.
type Withdrawal struct {
	Path       string `json:"path"`
	Reason     string `json:"reason"`
	ReplacedBy string `json:"replaced_by,omitempty"` // the path of another page of the pack
}

var (
	namePattern    = regexp.MustCompile(`^[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?$`)
	versionPattern = regexp.MustCompile(`^[0-9]{1,9}(\.[0-9]{1,9}){0,3}$`)
	digestPattern  = regexp.MustCompile(`^[0-9a-f]{64}$`)
)

// roots are where a pack's files may lie. Plans and alerts are a partnership's own; layouts and themes would be code.
var roots = []string{"content/narrative", "content/alert-templates", "content/leaflets", "content/pages", "data", "static"}

// Roots are where a pack's files may lie.
func Roots() []string { return slices.Clone(roots) }

// encode writes the manifest as it is signed.
func (m *Manifest) encode() ([]byte, error) {
	data, err := json.MarshalIndent(m, "", "  ")
	return append(data, '\n'), err
}

// decodeManifest reads a manifest whose signature has been checked. A signed manifest may still be nonsense.
func decodeManifest(data []byte) (*Manifest, error) {
	var m Manifest
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&m); err != nil {
		return nil, refuse("manifest", "its manifest is not one that this version reads", "use a later version of Candour, or ask the publisher for the pack again")
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return nil, refuse("manifest", "something stands behind its manifest", "ask the publisher for the pack again")
	}
	return &m, m.check()
}

// check holds a manifest to the rules of this package.
func (m *Manifest) check() error {
	bad := func(format string, args ...any) error {
		return refuse("manifest", fmt.Sprintf(format, args...), "ask the publisher to make the pack again")
	}
	switch {
	case m.Form != Form:
		return refuse("manifest", fmt.Sprintf("it has the form %d, and this version reads form %d", m.Form, Form), "use a later version of Candour")
	case !namePattern.MatchString(m.Name):
		return bad("its name is not made of small letters, digits and hyphens")
	case !versionPattern.MatchString(m.Version):
		return bad("its version is not made of numbers and dots, as 2026.11")
	case strings.TrimSpace(m.Publisher) == "", strings.TrimSpace(m.Licence) == "", strings.TrimSpace(m.Attribution) == "":
		return bad("it does not say who publishes it, under which licence, with which attribution")
	case m.MinimumCandour != "" && !versionPattern.MatchString(m.MinimumCandour):
		return bad("the version of Candour that it asks for is no version")
	case len(m.Files) == 0:
		return bad("it names no files")
	case len(m.Files) > MaxFiles:
		return bad("it names %d files, and %d are allowed", len(m.Files), MaxFiles)
	}
	for _, text := range []string{m.Publisher, m.Licence, m.Attribution} {
		if strings.ContainsFunc(text, unicode.IsControl) || len(text) > 500 {
			return bad("its publisher, licence or attribution is not one line of text")
		}
	}
	if _, err := time.Parse(time.RFC3339, m.Date); err != nil {
		return bad("its date is no date")
	}
	folded := map[string]string{}
	var total int64
	last := ""
	for _, f := range m.Files {
		if why := CheckPath(f.Path); why != "" {
			return refuse("path", fmt.Sprintf("the file name %q %s", clip(f.Path), why), "do not use this pack; tell the publisher")
		}
		if f.Path == last {
			return refuse("path", fmt.Sprintf("it names %s twice", f.Path), "do not use this pack; tell the publisher")
		}
		if f.Path < last {
			return bad("its files are not in order")
		}
		last = f.Path
		for p := f.Path; p != "."; p = path.Dir(p) {
			key := Fold(p)
			if other, ok := folded[key]; ok && other != p {
				return refuse("path", fmt.Sprintf("%s and %s differ only in how letters are written, and many computers cannot tell them apart", other, p), "do not use this pack; tell the publisher")
			}
			folded[key] = p
		}
		if f.Size < 0 || f.Size > MaxFile {
			return refuse("size", fmt.Sprintf("%s would be larger than %d MB", f.Path, MaxFile>>20), "do not use this pack; tell the publisher")
		}
		if total += f.Size; total > MaxUnpacked {
			return refuse("size", fmt.Sprintf("its files are together larger than %d MB", MaxUnpacked>>20), "do not use this pack; tell the publisher")
		}
		if !digestPattern.MatchString(f.SHA256) {
			return bad("%s has no digest", f.Path)
		}
	}
	for i, f := range m.Files[1:] { // a file that is also a folder
		if strings.HasPrefix(f.Path, m.Files[i].Path+"/") {
			return refuse("path", fmt.Sprintf("%s is a file and a folder", m.Files[i].Path), "do not use this pack; tell the publisher")
		}
	}
	for _, w := range m.Withdrawn {
		if CheckPath(w.Path) != "" || w.ReplacedBy != "" && CheckPath(w.ReplacedBy) != "" || strings.TrimSpace(w.Reason) == "" {
			return bad("it withdraws a page without a proper name or a reason")
		}
		if slices.ContainsFunc(m.Files, func(f File) bool { return f.Path == w.Path }) {
			return bad("it holds %s and withdraws it", w.Path)
		}
	}
	return nil
}

// Fold gives two names that some file systems cannot tell apart one key: letter case and composed letters.
func Fold(name string) string { return norm.NFC.String(cases.Fold().String(norm.NFC.String(name))) }

// reserved are names that Windows keeps for devices, with any ending.
var reserved = regexp.MustCompile(`(?i)^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?$`)

// CheckPath says what is wrong with a file's name in a pack, or "". It would have to be safe on every system, since a
// partnership unpacks on Windows what OHID packed elsewhere.
func CheckPath(name string) string {
	switch {
	case name == "" || len(name) > maxPath:
		return "is empty or too long"
	case strings.HasPrefix(name, "/") || len(name) > 1 && name[1] == ':':
		return "is an absolute path"
	case strings.Contains(name, `\`):
		return "has a backslash"
	case strings.ContainsFunc(name, func(r rune) bool {
		return unicode.IsControl(r) || r == unicode.ReplacementChar || unicode.Is(unicode.Cf, r)
	}):
		return "has characters that cannot be seen"
	case strings.ContainsAny(name, `:*?"<>|`):
		return "has characters that Windows does not allow"
	}
	for _, part := range strings.Split(name, "/") {
		switch {
		case part == ".." || part == "." || part == "":
			return "leads out of the pack"
		case strings.HasPrefix(part, "."):
			return "is hidden"
		case strings.HasSuffix(part, ".") || strings.HasSuffix(part, " ") || strings.HasPrefix(part, " "):
			return "begins or ends with what Windows drops"
		case reserved.MatchString(part):
			return "is the name of a device on Windows"
		}
	}
	if !slices.ContainsFunc(roots, func(root string) bool { return strings.HasPrefix(name, root+"/") }) {
		return "lies where a pack may put nothing"
	}
	return ""
}

// CompareVersions orders two versions by their numbers: 2026.9 before 2026.11, and 2026.11 before 2026.11.1.
func CompareVersions(a, b string) int {
	as, bs := strings.Split(a, "."), strings.Split(b, ".")
	for i := range max(len(as), len(bs)) {
		var x, y int
		if i < len(as) {
			x, _ = strconv.Atoi(as[i])
		}
		if i < len(bs) {
			y, _ = strconv.Atoi(bs[i])
		}
		if x != y {
			return map[bool]int{true: -1, false: 1}[x < y]
		}
	}
	return 0
}

// Refusal is why a pack is not taken. Nothing of it has been written anywhere.
type Refusal struct {
	Cause string // a word for what is wrong: signature, key, digest, path, size, truncated, version, manifest, entry
	Text  string // for the user, as the end of "the pack … is refused: "
	Hint  string
}

func (r *Refusal) Error() string { return r.Text }

func refuse(cause, text, hint string) error { return &Refusal{Cause: cause, Text: text, Hint: hint} }

func clip(s string) string {
	if r := []rune(s); len(r) > 80 {
		return string(r[:80]) + "…"
	}
	return s
}
