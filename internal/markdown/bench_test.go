package markdown

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
)

// page is a body of about 600 words as sites have them: headings, links, a table, lists, a footnote and a few tags.
func page(i int) []byte {
	var b bytes.Buffer
	words := strings.Repeat("The partnership's outreach team meets people where they are, and \"listens\" before it advises -- always. ", 5)
	for s := range 5 {
		fmt.Fprintf(&b, "## Section %d of page %d\n\n%s See [the plan](/plans/p%d/) and *call* **999** in an emergency.\n\n", s, i, words, i)
		fmt.Fprintf(&b, "- carry naloxone\n- stay with the person: see [help][h]\n- say `999`[^1]\n\n")
	}
	b.WriteString("| what | where | when |\n|---|---|---|\n")
	for s := range 6 {
		fmt.Fprintf(&b, "| kit %d | the [hub](/pages/hub/) | {{< field \"lead.0.role\" >}} |\n", s)
	}
	b.WriteString("\nA line with {{< passage \"lead\" >}}a name{{< /passage >}} in it.\n\n[h]: /pages/help/\n[^1]: Ask for an ambulance.\n")
	return b.Bytes()
}

func BenchmarkParse(b *testing.B) {
	body := page(1)
	b.SetBytes(int64(len(body)))
	b.ReportAllocs()
	for b.Loop() {
		Parse(body)
	}
}
