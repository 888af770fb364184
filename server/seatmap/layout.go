package seatmap

type layouts struct{}
