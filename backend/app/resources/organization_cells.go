package resources

import (
	"regexp"
	"strconv"
	"strings"

	"linli/backend/domain/fault"
	"linli/backend/domain/resource"
	"linli/backend/domain/table"
)

// areasText writes a service area: "city", codes of places, "radius:30.6612,104.0801,3000".
func areasText(d *sheetDraft) string {
	var parts []string
	for _, a := range d.areas {
		switch a.area.Kind {
		case resource.AreaCity:
			parts = append(parts, "city")
		case resource.AreaPlace:
			parts = append(parts, a.code)
		case resource.AreaRadius:
			parts = append(parts, "radius:"+degrees(a.area.Lat)+","+degrees(a.area.Lng)+","+strconv.Itoa(a.area.RadiusM))
		}
	}
	return table.Join(parts)
}

func degrees(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

// setAreas reads what areasText wrote, and 全市; fault exchange.area.
func setAreas(d *sheetDraft, s string) error {
	d.areas = nil
	for _, part := range table.List(s) {
		a, ok := readArea(part)
		if !ok {
			return fault.Invalid("exchange.area", "not an area: "+part).With("value", part)
		}
		d.areas = append(d.areas, a)
	}
	return nil
}

func readArea(s string) (sheetArea, bool) {
	if s == "city" || s == "全市" {
		return sheetArea{area: resource.Area{Kind: resource.AreaCity}}, true
	}
	if circle, ok := strings.CutPrefix(s, "radius:"); ok {
		parts := strings.Split(circle, ",")
		if len(parts) != 3 {
			return sheetArea{}, false
		}
		lat, err1 := table.Degrees(strings.TrimSpace(parts[0]), 90)
		lng, err2 := table.Degrees(strings.TrimSpace(parts[1]), 180)
		radius, err3 := table.Whole(strings.TrimSpace(parts[2]), 1, resource.MaxRadiusM)
		return sheetArea{area: resource.Area{Kind: resource.AreaRadius, Lat: lat, Lng: lng, RadiusM: int(radius)}}, err1 == nil && err2 == nil && err3 == nil
	}
	return sheetArea{area: resource.Area{Kind: resource.AreaPlace}, code: s}, len(s) == 12 && strings.Trim(s, "0123456789") == ""
}

// capacityForm is "2026Q2=14/20 户 has": the period, free of total, the unit, the state.
var capacityForm = regexp.MustCompile(`^(?:(\d{4}Q[1-4])=)?(\d{1,8})/(\d{1,8})(?: (\S{1,20}?))?(?: (has|waiting|none|ask))?$`)

func capacityText(d *sheetDraft) string {
	var parts []string
	for _, c := range d.offer.Capacities {
		text := strconv.Itoa(c.Free) + "/" + strconv.Itoa(c.Total)
		if c.Period != "" {
			text = c.Period + "=" + text
		}
		if c.Unit != "" {
			text += " " + c.Unit
		}
		parts = append(parts, text+" "+string(c.State))
	}
	return table.Join(parts)
}

// setCapacity reads what capacityText wrote; without a state, something free is "has" and
// nothing free is "none". Fault exchange.capacity. The day of the figures is set by the
// import.
func setCapacity(d *sheetDraft, s string) error {
	d.offer.Capacities = nil
	for _, part := range table.List(s) {
		m := capacityForm.FindStringSubmatch(part)
		if m == nil {
			return fault.Invalid("exchange.capacity", "not a capacity: "+part).With("value", part)
		}
		free, _ := strconv.Atoi(m[2])
		total, _ := strconv.Atoi(m[3])
		c := resource.Capacity{Period: m[1], Unit: m[4], Total: total, Free: free, State: resource.CapacityState(m[5])}
		if c.State == "" {
			c.State = resource.CapacityHas
			if free == 0 {
				c.State = resource.CapacityNone
			}
		}
		if free > total {
			return fault.Invalid("exchange.capacity", "more free than there is: "+part).With("value", part)
		}
		d.offer.Capacities = append(d.offer.Capacities, c)
	}
	return nil
}
