package pdf

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
)

// oldest is the first version of Chrome, Edge and Chromium whose PDF has all that [Mend] needs, and page numbers made by
// the style sheet.
const oldest = 131

// NoBrowserError says that no browser was found, and what to do.
type NoBrowserError struct{ Named string } // Named is what --browser gave, if it did

func (e *NoBrowserError) Error() string {
	if e.Named != "" {
		return fmt.Sprintf("there is no program %q to print with", e.Named)
	}
	return "there is no Chrome, Edge or Chromium on this machine to print with"
}

// Hint says what to do about it today.
func (e *NoBrowserError) Hint() string {
	return "install Chromium, Google Chrome or Microsoft Edge (" + install() + "), or name one with --browser; meanwhile open the leaflet in any browser and print it from there: it is laid out for paper"
}

// TooOldError says that the browser is too old.
type TooOldError struct {
	Path  string
	Major int
}

func (e *TooOldError) Error() string {
	return fmt.Sprintf("the browser %s is version %d, and printing needs %d or newer", e.Path, e.Major, oldest)
}

// Hint says what to do about it today.
func (e *TooOldError) Hint() string {
	return "update it, or name a newer one with --browser; meanwhile open the leaflet in any browser and print it from there"
}

// StartError says that a program was found and does not start as a browser of the family does, twice.
type StartError struct{ Path string }

func (e *StartError) Error() string {
	return fmt.Sprintf("the program %s does not start and answer as Chrome, Edge or Chromium does", e.Path)
}

// Is lets another attempt be made: a machine that is short of memory may have it back.
func (e *StartError) Is(target error) bool { return target == errBrowserLost }

// Hint says what to do about it today.
func (e *StartError) Hint() string {
	return "look whether it is one of these and starts by itself, or name another with --browser; meanwhile open the leaflet in any browser and print it from there"
}

func install() string {
	switch runtime.GOOS {
	case "darwin", "windows":
		return "from google.com/chrome"
	}
	return "on Debian or Ubuntu: apt install chromium"
}

// Find returns the browser at path, or by name; with "" the first of those that are usual on this system. It is not started
// yet. Where there is none the error is a [NoBrowserError].
func Find(path string) (*Browser, error) {
	if path != "" {
		found, err := exec.LookPath(path)
		if err != nil {
			return nil, &NoBrowserError{Named: path}
		}
		return newBrowser(found), nil
	}
	for _, candidate := range places(runtime.GOOS, os.Getenv) {
		if found, err := exec.LookPath(candidate); err == nil {
			return newBrowser(found), nil
		}
	}
	return nil, &NoBrowserError{}
}

// places are names and paths of browsers, best first.
func places(system string, env func(string) string) []string {
	switch system {
	case "darwin":
		var list []string
		for _, root := range []string{"/Applications", filepath.Join(env("HOME"), "Applications")} {
			for _, app := range []string{"Google Chrome", "Chromium", "Microsoft Edge"} {
				list = append(list, root+"/"+app+".app/Contents/MacOS/"+app)
			}
		}
		return list
	case "windows":
		var list []string
		for _, root := range []string{env("ProgramFiles"), env("ProgramFiles(x86)"), env("LocalAppData")} {
			if root != "" {
				list = append(list, root+`\Google\Chrome\Application\chrome.exe`, root+`\Chromium\Application\chrome.exe`, root+`\Microsoft\Edge\Application\msedge.exe`)
			}
		}
		return append(list, "chrome.exe", "msedge.exe")
	}
	return []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge", "microsoft-edge-stable",
		"/opt/google/chrome/chrome", "/usr/lib/chromium/chromium", "/snap/bin/chromium"}
}
