package vetting

import (
	"path"
	"slices"
	"strconv"
	"strings"

	"candour/internal/content"
	"candour/internal/diag"
)

// pictures are the types that a photo may have: those whose size the renderer can tell, so that nothing moves as it loads.
var pictures = []string{".jpg", ".jpeg", ".png", ".webp", ".gif"}

// shownFiles looks at the files that front matter names to be shown: photo and attachments.
func (v *Vetted) shownFiles() diag.List {
	var found diag.List
	for _, p := range v.pages {
		if p.Absence != Present {
			continue
		}
		if name := p.Text("photo"); name != "" {
			found.Add(p.checkPhoto(name)...)
		}
		list, _ := p.Front["attachments"].([]any)
		for i, item := range list {
			name, _ := item.(string)
			if f := p.BundleFile(name); f != nil && f.Level > v.edition.Clearance {
				found.Add(f.held(p.Value("attachments", strconv.Itoa(i)), "attachments"))
			}
		}
		if f := p.BundleFile(p.Text("photo")); f != nil && f.Level > v.edition.Clearance {
			found.Add(f.held(p.Value("photo"), "photo"))
		}
	}
	return found
}

// BundleFile finds a file of the page's folder by its name, or nil.
func (p *Page) BundleFile(name string) *File {
	for i := range p.Files {
		if content.Same(p.Files[i].Name, name) {
			return &p.Files[i]
		}
	}
	return nil
}

// held does not repeat the name, which may itself be what is withheld; the place shows it to whoever may see the source.
func (f *File) held(at diag.Pos, key string) diag.Finding {
	stands := "the reason stands in its place"
	if !f.Shown {
		stands = "nothing stands in its place"
	}
	return diag.New(diag.FileHeld, at, "", "%s names a file that this edition is not cleared for (%s): %s", key, f.By, stands)
}

func (p *Page) checkPhoto(name string) diag.List {
	at := p.Value("photo")
	if !slices.Contains(pictures, strings.ToLower(path.Ext(name))) {
		return diag.List{diag.New(diag.BadValue, at, "save the picture as JPEG, PNG or WebP, and name that file", "photo is not a picture that a page can show")}
	}
	if p.BundleFile(name) == nil {
		hint := "put the picture into the page's folder (the folder with index.md), or correct its name"
		if len(p.Bundle) > 0 {
			hint += "; the page has: " + strings.Join(bundleNames(p.Bundle), ", ")
		}
		return diag.List{diag.New(diag.BadValue, at, hint, "photo names a file that the page's folder does not hold")}
	}
	return nil
}
