package present

import (
	"path"
	"strings"

	"candour/internal/media"
	"candour/internal/redact"
)

// images gives the sizes of the pictures that a page may show, by how its body writes them: files of its own, and static
// files by their address.
func (s *Site) images(p *redact.Page) map[string]any {
	sizes := map[string]any{}
	put := func(written, name string, data []byte) {
		if width, height, ok := media.Size(name, data); ok {
			sizes[written] = []int{width, height}
		}
	}
	for _, f := range p.Files {
		put(f.Name, f.Name, f.Data)
	}
	for written, address := range p.Links {
		if !isPicture(address) {
			continue
		}
		for _, f := range s.cleared.Repo().Static() {
			if "/"+f.Path == address {
				put(written, f.Path, f.Data)
			}
		}
	}
	return sizes
}

func isPicture(address string) bool {
	switch strings.ToLower(path.Ext(address)) {
	case ".svg", ".png", ".webp", ".jpg", ".jpeg", ".gif", ".avif":
		return true
	}
	return false
}
