package fund

// Repository is what this package needs stored.
type Repository interface{}
