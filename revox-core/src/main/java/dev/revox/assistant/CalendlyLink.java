package dev.revox.assistant;

/** A Calendly account and the kind of event to book in it. <b>Thread:</b> Immutable. */
public record CalendlyLink(String connectionId, String eventTypeId) {}
