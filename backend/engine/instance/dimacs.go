package instance

// readDIMACS reads a transportation problem in the DIMACS min format.
func readDIMACS(l *lines) (*Problem, error) {
	return nil, l.whole("not read yet")
}
