package venue

import (
	"slices"

	"wenguan/models/store"
)

// InAreas lists the ids of the venues of these areas, as this transaction sees them: what a grant for an area is for.
func (c *Catalog) InAreas(tx store.Tx, areas []string) ([]string, error) {
	list, err := c.entries(tx)
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, e := range list {
		if slices.Contains(areas, e.venue.Area) {
			ids = append(ids, e.venue.ID)
		}
	}
	return ids, nil
}

// Missing returns the first of these venues, by id, and areas that the district does not have; "" if it has all.
func (c *Catalog) Missing(tx store.Tx, venues, areas []string) (string, error) {
	list, err := c.entries(tx)
	if err != nil {
		return "", err
	}
	known := map[string]bool{}
	for _, e := range list {
		known["venue "+e.venue.ID], known["area "+e.venue.Area] = true, true
	}
	for _, id := range venues {
		if !known["venue "+id] {
			return id, nil
		}
	}
	for _, area := range areas {
		if !known["area "+area] {
			return area, nil
		}
	}
	return "", nil
}
