package dev.revox.order;

/** The campaign that an order belongs to. <b>Thread:</b> Immutable. */
public record CampaignRef(String id, String name) {}
