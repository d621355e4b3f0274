package dev.revox.campaign.feed;

/**
 * What became of contacts that were added.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param accepted those that will be called
 * @param rejected those whose number cannot be read; they are kept, and say why
 * @param duplicates those whose reference the campaign had already; they were left out
 */
public record AddedContacts(long accepted, long rejected, long duplicates) {
    static final AddedContacts NONE = new AddedContacts(0, 0, 0);

    AddedContacts plus(AddedContacts more) {
        return new AddedContacts(accepted + more.accepted, rejected + more.rejected, duplicates + more.duplicates);
    }
}
