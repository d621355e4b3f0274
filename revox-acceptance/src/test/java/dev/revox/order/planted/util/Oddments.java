package dev.revox.order.planted.util;

/** Planted: a room for oddments, and without null marks. */
public final class Oddments {}
