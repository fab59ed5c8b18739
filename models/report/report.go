// Package report owns utilization: how much of what the district's venues offer is booked, and how much of that is
// really used. It rolls each venue's day up once it is over and merges roll-ups into weeks, months and years, so that no
// question about the past reads bookings. It decides nothing and changes nothing but its own documents.
package report
