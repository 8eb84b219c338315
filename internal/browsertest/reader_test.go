//go:build browser

package browsertest

import (
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/accessibility"
	"github.com/chromedp/chromedp"
)

// What is shut on the screen is open on paper, and no address of the site's own explanations breaks a sentence.
func TestPlanOnPaper(t *testing.T) {
	v := visitPage(t, sites[0], "/plans/eastmere-synthetic-opioids/", paper)
	const shut = `document.querySelector("details:not([open]) > p").textContent.trim().split(/\s+/).slice(0, 3).join(" ")`
	words, text := v.text(shut), v.paper()
	if words == "" || !strings.Contains(strings.Join(strings.Fields(text), " "), words) {
		t.Errorf("%q is not on paper", words)
	}
	if !v.holds(`!!document.querySelector('.prose a[href*="/glossary/"]') && !!document.querySelector('.prose a[href*="/withheld/"]')`) {
		t.Error("the plan explains no word or withholds nothing")
	}
	for _, address := range []string{"/glossary/", "/withheld/"} {
		if strings.Contains(text, address) {
			t.Errorf("%s is on paper", address)
		}
	}
}

// Tables become cards on a telephone: nothing of them lies outside the screen, and they are tables still to those who hear them.
func TestTablesOnATelephone(t *testing.T) {
	for _, page := range []string{"/withheld/", "/alert-templates/suspected-adulteration/"} {
		v := visitPage(t, sites[0], page, phone)
		if !v.holds(`!!document.querySelector("table.stack") && [...document.querySelectorAll(".scroll:has(.stack)")].every((e) => e.scrollWidth <= e.clientWidth)`) {
			t.Errorf("%s: a table is cut off", page)
		}
		tree, err := chromedp.Call(v.tab.ctx, accessibility.GetFullAXTree, accessibility.GetFullAXTreeParams{})
		v.must(err)
		var roles []string
		for _, n := range tree.Nodes {
			if n.Role != nil && !n.Ignored {
				roles = append(roles, strings.Trim(string(n.Role.Value), `"`))
			}
		}
		for _, role := range []string{"table", "row", "columnheader", "rowheader", "cell"} {
			if !slices.Contains(roles, role) {
				t.Errorf("%s: nothing is a %s any more", page, role)
			}
		}
	}
}

// Somebody beside a person who does not wake up finds the way to 999 before anything else, and then the first step.
func TestOverdosePage(t *testing.T) {
	v := visitPage(t, sites[0], "/pages/overdose/", phone)
	if got := v.text(`document.querySelector("main a").getAttribute("href")`); got != "tel:999" {
		t.Errorf("the first link leads to %s", got)
	}
	if !v.holds(`!document.querySelector(".toc").checkVisibility() && document.querySelector(".prose ol a").getAttribute("href") === "tel:999"`) {
		t.Error("the list of contents stands before the first steps, or they do not lead to 999")
	}
	if height := v.text(`String(document.querySelector("header.site").offsetHeight < 200)`); height != "true" {
		t.Error("the header takes a third of the screen")
	}
}

// The answer to a rumour begins with its verdict, in no colour of a warning.
func TestRumourIsCalm(t *testing.T) {
	for _, l := range []look{desktop, dark} {
		v := visitPage(t, sites[0], "/alerts/", l)
		const danger = `getComputedStyle(document.querySelector(".alert.live:not(.of-rumour)")).borderTopColor`
		if !v.holds(`[...document.querySelectorAll(".alert.of-rumour.false")].length > 0 && [...document.querySelectorAll(".alert.of-rumour.false")].every((card) =>
			card.querySelector(".state").matches(".false") && [card, ...card.querySelectorAll(".state")].every((e) => getComputedStyle(e).borderTopColor !== ` + danger + ` && getComputedStyle(e).backgroundColor !== ` + danger + `))`) {
			t.Error("a rumour's answer looks like a warning, or its verdict comes later")
		}
	}
}
