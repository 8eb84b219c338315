//go:build browser

package browsertest

import (
	"bytes"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	cdpbrowser "github.com/chromedp/cdproto/browser"
	"github.com/chromedp/chromedp"
)

var linkAddress = regexp.MustCompile(` \(https?://[^)]*\)`)

// The copy button of every template puts the words of the download on the clipboard, without the addresses of links, says so,
// and keeps the focus.
func TestCopyButton(t *testing.T) {
	s := sites[0]
	for _, page := range s.pagesWith(t, func(p string) bool { return strings.HasPrefix(p, "/alert-templates/") && p != "/alert-templates/" }) {
		t.Run(path.Base(page), func(t *testing.T) {
			v := visitPage(t, s, page, phone)
			for _, name := range []string{"clipboard-read", "clipboard-write"} {
				_, err := chromedp.CallBrowser(v.tab.ctx, cdpbrowser.SetPermission, cdpbrowser.SetPermissionParams{Permission: &cdpbrowser.PermissionDescriptor{Name: name}, Setting: cdpbrowser.PermissionSettingGranted, Origin: v.base})
				v.must(err)
			}
			const button = `document.querySelector("button[data-copy]")`
			v.tabTo(button)
			v.press("\r")
			v.until(`document.getElementById("c-copied").textContent === "Copied"`)
			if !v.holds(`document.activeElement === ` + button) {
				t.Error("the focus has left the button")
			}
			want, err := os.ReadFile(filepath.Join(s.dir, filepath.FromSlash(page), path.Base(page)+".txt"))
			v.must(err)
			got := v.text(`navigator.clipboard.readText()`)
			if got = strings.TrimSpace(got); got != strings.TrimSpace(linkAddress.ReplaceAllString(string(want), "")) {
				t.Errorf("on the clipboard:\n%s\nin the download:\n%s", got, want)
			}
			// A browser that lets nothing be copied: the reader is told, and told what else there is.
			v.must(chromedp.Do(v.tab.ctx, chromedp.Evaluate[chromedp.Void](`navigator.clipboard.writeText = () => Promise.reject(); document.execCommand = () => false; 0`)))
			v.press("\r")
			v.until(`document.getElementById("c-copied").textContent.includes("Select the text below")`)
			if asked := v.requests(); len(asked) > 0 {
				t.Errorf("copying asks the network for %q", asked)
			}
		})
	}
}

func TestNoCopyButtonWithoutScripts(t *testing.T) {
	v := visitPage(t, sites[0], "/alert-templates/suspected-adulteration/", noJS)
	if v.holds(`document.querySelector("button[data-copy]").checkVisibility()`) {
		t.Error("a button that does nothing is shown")
	}
	if !v.holds(`document.querySelector("a[download]").checkVisibility()`) {
		t.Error("there is no download")
	}
}

// leaflets are one leaflet with blank contacts in each language.
func leaflets(t *testing.T) []string {
	const page = "leaflets/night-time-economy/naloxone-for-door-and-welfare/"
	return sites[0].pagesWith(t, func(p string) bool { return strings.HasSuffix(p, page) })
}

const fields = `[...document.querySelectorAll("[data-fill] input[type=text]")]`

// What a venue types into a leaflet stands in it, on paper too, goes nowhere, and is kept only where somebody asks for it.
func TestFillingIn(t *testing.T) {
	for _, page := range leaflets(t) {
		t.Run(page, func(t *testing.T) {
			v := visitPage(t, sites[0], page, phone)
			v.must(chromedp.Do(v.tab.ctx, chromedp.Evaluate[chromedp.Void](`globalThis.printed = 0; window.print = () => printed++; localStorage.clear(); 0`)))
			stored := `JSON.stringify(Object.assign({}, localStorage)) + JSON.stringify(Object.assign({}, sessionStorage)) + document.cookie`
			const typed = "Bar, radio 3" // short enough for one line of any leaflet
			v.tabTo(fields + `[0]`)
			v.press(typed)
			if got := v.text(fields + `[0].nextElementSibling.textContent`); got != typed {
				t.Errorf("in the leaflet stands %q", got)
			}
			if got := v.text(stored); got != "{}{}" {
				t.Errorf("kept without being asked: %s", got)
			}
			if !strings.Contains(v.paper(), typed) {
				t.Error("it is not on paper")
			}
			v.tabTo(`document.querySelector("[data-fill-tools] input[type=checkbox]")`)
			v.press(" ")
			v.until(`document.querySelector("[data-fill-tools] [role=status]").textContent !== ""`)
			if got := v.text(stored); !strings.Contains(got, typed) || !strings.HasSuffix(got, "}{}") {
				t.Errorf("not kept though asked: %s", got)
			}
			v.tabTo(`document.querySelector("[data-print]")`)
			v.press("\r")
			if !v.holds(`printed === 1`) {
				t.Error("the button does not print")
			}
			if asked := v.requests(); len(asked) > 0 {
				t.Errorf("filling in asks the network for %q", asked)
			}
			// The next leaflet in this browser has it already, and Clear takes it out of both.
			v.must(chromedp.Do(v.tab.ctx, chromedp.Navigate(v.base+page)))
			v.until(fields + `[0].value === ` + quoted(typed))
			v.tabTo(`document.querySelector("[data-clear]")`)
			v.press("\r")
			v.until(fields + `.every((f) => f.value === "" && f.nextElementSibling.textContent === "") && document.activeElement === ` + fields + `[0]`)
			if got := v.text(stored); got != "{}{}" {
				t.Errorf("cleared, and still kept: %s", got)
			}
			if strings.Contains(v.paper(), typed) {
				t.Error("cleared, and still on paper")
			}
		})
	}
}

// A browser that refuses storage leaves a leaflet that can be filled in.
func TestFillingInWithoutStorage(t *testing.T) {
	v := visitPage(t, sites[0], leaflets(t)[0], phone)
	v.must(chromedp.Do(v.tab.ctx, chromedp.Evaluate[chromedp.Void](`Storage.prototype.setItem = () => { throw new DOMException("refused", "QuotaExceededError"); }; 0`)))
	v.tabTo(fields + `[0]`)
	v.press("Bar")
	v.tabTo(`document.querySelector("[data-fill-tools] input[type=checkbox]")`)
	v.press(" ")
	v.until(`!document.querySelector("[data-fill-tools] input[type=checkbox]").checked`)
	if got := v.text(`document.querySelector("[data-fill-tools] [role=status]").textContent`); strings.Contains(got, "Kept") {
		t.Errorf("nothing could be kept, and the page says %q", got)
	}
	if got := v.text(fields + `[0].nextElementSibling.textContent`); got != "Bar" {
		t.Errorf("in the leaflet stands %q", got)
	}
}

func TestLeafletWithoutScripts(t *testing.T) {
	for _, page := range leaflets(t) {
		v := visitPage(t, sites[0], page, noJS)
		if v.holds(`document.querySelector("[data-fill-tools]").checkVisibility()`) {
			t.Errorf("%s: controls that do nothing are shown", page)
		}
		if !v.holds(fields + `.length > 0 && ` + fields + `.every((f) => f.checkVisibility() && f.labels[0].textContent.trim() !== "")`) {
			t.Errorf("%s: the lines to write on are missing", page)
		}
	}
}

// paper is the text of a page as it is printed.
func (v *visit) paper() string {
	v.Helper()
	data, err := chromedp.Run(v.tab.ctx, chromedp.PrintToPDF(chromedp.PDFPaper(chromedp.PaperA4), chromedp.PDFPrintBackground()))
	v.must(err)
	cmd := exec.CommandContext(v.Context(), "pdftotext", "-layout", "-", "-")
	cmd.Stdin = bytes.NewReader(data)
	out, err := cmd.Output()
	v.must(err)
	return string(out)
}

// Search by keyboard alone, in every language: the box, what is said of the answers, the first of them, the page.
func TestSearchByKeyboard(t *testing.T) {
	for _, tc := range []struct{ page, word, to string }{
		{"/search/", "naloxone", "/"},
		{"/search/", "NALÓXONE", "/"}, // capitals and marks make no difference
		{"/cy/search/", "nalocson", "/cy/"},
		{"/pl/search/", "nalokson", "/pl/"},
		{"/ur/search/", "نالوکسون", "/ur/"},
	} {
		t.Run(tc.page+tc.word, func(t *testing.T) {
			v := visitPage(t, sites[0], tc.page, phone)
			v.tabTo(`document.getElementById("c-q")`)
			v.press(tc.word + "\r")
			v.until(`document.querySelectorAll("#c-results li a").length > 0`)
			said := v.text(`document.getElementById("c-found").textContent`)
			if !strings.Contains(said, tc.word) || strings.ContainsAny(said, "{}") {
				t.Errorf("said of the answers: %q", said)
			}
			if got := v.text(`new URLSearchParams(location.search).get("q")`); got != tc.word {
				t.Errorf("the address asks for %q", got)
			}
			if asked := v.requests(); len(asked) != 1 || asked[0] != tc.page+"index.json" {
				t.Errorf("searching asks the network for %q", asked)
			}
			v.tabTo(`document.querySelector("#c-results li a")`)
			v.press("\r")
			v.until(`!location.pathname.startsWith(` + quoted(tc.page) + `) && document.readyState === "complete"`)
			if got := v.text(`location.pathname`); !strings.HasPrefix(got, tc.to) {
				t.Errorf("the first answer leads to %s", got)
			}
			// Back at the search, the question and its answers are there again.
			v.must(chromedp.Do(v.tab.ctx, chromedp.Evaluate[chromedp.Void](`history.back()`)))
			v.until(`location.pathname === ` + quoted(tc.page) + ` && document.querySelectorAll("#c-results li a").length > 0`)
		})
	}
}

func TestSearchSaysThatNothingWasFound(t *testing.T) {
	v := visitPage(t, sites[0], "/search/?q=%24%26zzyzx", phone)
	v.until(`document.getElementById("c-found").textContent.includes("$&zzyzx")`)
	if v.holds(`document.getElementById("c-results").checkVisibility()`) {
		t.Error("an empty list is shown")
	}
	v.tabTo(`document.getElementById("c-q")`)
	v.must(chromedp.Do(v.tab.ctx, chromedp.Evaluate[chromedp.Void](`document.getElementById("c-q").select()`)))
	v.press("\b")
	v.until(`document.getElementById("c-found").textContent === ""`)
}

func TestSearchWithoutScripts(t *testing.T) {
	for _, page := range []string{"/search/", "/cy/search/", "/pl/search/", "/ur/search/"} {
		v := visitPage(t, sites[0], page, noJS)
		if v.holds(`document.getElementById("c-search").checkVisibility()`) {
			t.Errorf("%s: a form that does nothing is shown", page)
		}
		if n := len(v.list(`[...document.querySelectorAll("main section li a")].map((a) => a.href)`)); n < 2 {
			t.Errorf("%s: %d pages from A to Z", page, n)
		}
	}
}

// What pagefind finds is shown by the same script as what the site's own search finds.
func TestSearchWithPagefind(t *testing.T) {
	dir := t.TempDir()
	read := func(name string) []byte {
		data, err := os.ReadFile(filepath.Join(moduleRoot, "themes", "candour", "assets", "js", name))
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	for name, data := range map[string][]byte{
		"index.html": []byte(`<!DOCTYPE html><html lang="en"><title>Search</title><form id="c-search" data-pagefind="/pagefind/" data-none="none" data-one="one for {q}" data-many="{n} for {q}" data-failed="failed"><label>Search <input id="c-q" name="q"></label></form><p id="c-found" role="status"></p><ol id="c-results" hidden></ol><script src="/search.js"></script></html>`),
		"search.js":  append(read("search-page.js"), read("search-pagefind.js")...),
		// What pagefind's own module exports, of what the site uses.
		"pagefind/pagefind.js": []byte(`export const options = async (o) => { if (o.baseUrl !== "/") throw new Error("base"); }; export const init = async () => {};
			export const search = async (q) => ({ results: q === "slow" ? await new Promise((done) => { globalThis.late = () => done([]); }) : Array.from({ length: q === "one" ? 1 : 60 }, (_, i) => ({ data: async () => ({ url: "/p" + i + "/", meta: { title: "Page " + i, standing: "In force", summary: "About it." } }) })) });`),
		"favicon.svg": []byte(`<svg xmlns="http://www.w3.org/2000/svg"/>`),
	} {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	s, err := newSite("pagefind", dir)
	if err != nil {
		t.Fatal(err)
	}
	v := visitPage(t, s, "/", phone)
	v.tabTo(`document.getElementById("c-q")`)
	v.press("one\r")
	v.until(`document.getElementById("c-found").textContent === "one for one"`)
	if got := v.text(`document.querySelector("#c-results").textContent`); got != "Page 0In forceAbout it." {
		t.Errorf("shown: %q", got)
	}
	v.must(chromedp.Do(v.tab.ctx, chromedp.Evaluate[chromedp.Void](`document.getElementById("c-q").value = "slow"; document.getElementById("c-search").requestSubmit(); 0`)))
	v.until(`globalThis.late !== undefined`)
	v.must(chromedp.Do(v.tab.ctx, chromedp.Evaluate[chromedp.Void](`document.getElementById("c-q").value = "many"; document.getElementById("c-search").requestSubmit(); 0`)))
	v.until(`document.getElementById("c-found").textContent === "60 for many" && document.querySelectorAll("#c-results li").length === 50`)
	v.must(chromedp.Do(v.tab.ctx, chromedp.Evaluate[chromedp.Void](`late(); new Promise((done) => setTimeout(done, 50))`)))
	if got := v.text(`document.getElementById("c-found").textContent`); got != "60 for many" {
		t.Errorf("an answer that came late is shown: %q", got)
	}
}

// Every form of every alert is there, is what it says it is, and can be come to by keyboard.
func TestFormsOfAlerts(t *testing.T) {
	s := sites[0]
	kinds := map[string]string{"cap.xml": "<alert ", "email.html": "<!doctype html>", "email.txt": "Subject: ", "sms.txt": "", "social.txt": ""}
	for _, page := range s.pagesWith(t, func(p string) bool {
		return strings.HasPrefix(p, "/alerts/") && strings.HasSuffix(p, "/") && p != "/alerts/"
	}) {
		t.Run(path.Base(page), func(t *testing.T) {
			v := visitPage(t, s, page, phone)
			links := v.list(`[...document.querySelectorAll(".forms a")].map((a) => a.getAttribute("href"))`)
			if len(links) != len(kinds) {
				t.Errorf("the forms are %q", links)
			}
			for i, link := range links {
				v.tabTo(`document.querySelectorAll(".forms a")[` + string(rune('0'+i)) + `]`)
				answer, err := http.Get(v.base + link)
				v.must(err)
				data, err := io.ReadAll(answer.Body)
				v.must(err)
				v.must(answer.Body.Close())
				want, known := kinds[path.Base(link)]
				if answer.StatusCode != http.StatusOK || !known || len(bytes.TrimSpace(data)) == 0 || !strings.Contains(strings.ToLower(string(data[:min(len(data), 300)])), strings.ToLower(want)) {
					t.Errorf("%s answers %d: %.80q", link, answer.StatusCode, data)
				}
			}
		})
	}
}
