package redact

// Offer is a format of a leaflet that was made of its audited page, and audited, in an earlier pass over the same content. It
// is published beside the page, which names it.
type Offer struct {
	Address string // of the page
	Format  string
	Name    string // of the file
	Data    []byte
	Source  string
}

// SetOffers says which formats are published beside leaflets. They are audited again like every file.
func (c *Cleared) SetOffers(offers []Offer) { c.offers = offers }

// Offers are the formats that are published beside leaflets.
func (c *Cleared) Offers() []Offer { return c.offers }
