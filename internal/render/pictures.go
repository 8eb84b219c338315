package render

import (
	"path"
	"strings"

	"candour/internal/media"
	"candour/internal/output"
)

// cleanPictures takes out of pictures that templates made, such as QR codes, what does not show: Hugo's encoders name
// themselves in a comment. Pictures of a page's folder were cleaned when they were read. What cannot be cleaned is left to
// the audit.
func cleanPictures(files []output.File) {
	for i := range files {
		f := &files[i]
		switch strings.ToLower(path.Ext(f.Path)) {
		case ".png", ".jpg", ".jpeg", ".webp", ".gif":
			if f.Source != "" {
				continue
			}
			if clean, problems := media.Clean(f.Path, f.Data); len(problems) == 0 {
				f.Data = clean
			}
		}
	}
}
