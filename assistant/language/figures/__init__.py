"""Figures in words, read in one place for every door: numbers, times, chances, loads, rates, money, people."""
