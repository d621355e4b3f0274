package dev.revox.campaign;

/** Where a campaign stands. */
public enum CampaignStatus {
    /** Being put together: contacts are added, nobody is called. */
    DRAFT,
    RUNNING,
    /** No contact becomes an order, and no call begins. */
    PAUSED,
    /** For good. Its open orders are being cancelled until {@link Campaign#endedAt()} is set. */
    CANCELLED,
    /** Nothing is left to do. */
    COMPLETED
}
