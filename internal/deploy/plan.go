package deploy

import (
	"bytes"
	"path"
	"strings"

	"candour/internal/hosting"
	"candour/internal/publish"
)

// Plan is what a deploy does, in its order.
type Plan struct {
	Send     []string // paths of files; the manifest comes after them and after Remove
	New      map[string]bool
	Remove   []string // pages first, so that none is left whose pictures are gone
	Late     []string // styles and scripts that a page which a reader still has may ask for; removed last, after a wait
	Same     int
	Manifest bool // the manifest is another, or missing
}

// Empty reports whether the target is as it should be.
func (p *Plan) Empty() bool {
	return len(p.Send) == 0 && len(p.Remove) == 0 && len(p.Late) == 0 && !p.Manifest
}

// plan compares a site with what a target holds. keep are patterns of paths that are somebody else's. all sends what is
// the same, too.
func (s *Site) plan(there []Object, old []byte, keep []string, all bool) *Plan {
	p := &Plan{New: map[string]bool{}, Manifest: all || !bytes.Equal(old, s.raw)}
	have := map[string]Object{}
	for _, o := range there {
		_, mine := s.files[o.Key]
		switch {
		case strings.HasPrefix(o.Key, lockPrefix) || o.Key == publish.ManifestName:
		case mine:
			have[o.Key] = o
		case kept(o.Key, keep):
		case hosting.Constant(o.Key):
			p.Late = append(p.Late, o.Key)
		default:
			p.Remove = append(p.Remove, o.Key)
		}
	}
	for file, l := range s.files {
		o, is := have[file]
		if is && !all && o.Size == l.Size && bytes.Equal(o.MD5, l.md5) {
			p.Same++
			continue
		}
		p.New[file] = !is
		p.Send = append(p.Send, file)
	}
	sortFiles(p.Send, func(f string) int { return rank(f, p.New[f]) })
	sortFiles(p.Remove, func(f string) int { return -rank(f, true) })
	sortFiles(p.Late, func(string) int { return 0 })
	return p
}

// kept reports whether a path is somebody else's: below .well-known, where certificates are renewed, or named by the
// target's keep.
func kept(file string, keep []string) bool {
	if strings.HasPrefix(file, ".well-known/") {
		return true
	}
	for _, k := range keep {
		if ok, _ := path.Match(k, file); ok || strings.HasPrefix(file, strings.TrimSuffix(k, "/")+"/") {
			return true
		}
	}
	return false
}
