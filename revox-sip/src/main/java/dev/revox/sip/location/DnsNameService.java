package dev.revox.sip.location;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.xbill.DNS.Lookup;
import org.xbill.DNS.NAPTRRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/**
 * NAPTR and SRV from the machine's name servers; addresses from the machine's resolver, which also reads its hosts file.
 *
 * <p><b>Thread:</b> Thread-safe; blocks.
 */
public final class DnsNameService implements NameService {

    /** The JDK does not tell how long an address holds; it asks again itself after 30 s. */
    private static final Duration ADDRESSES_HOLD = Duration.ofSeconds(30);

    private static final Duration NOTHING_HOLDS = Duration.ofSeconds(30);

    @Override
    public Found<Naptr> naptr(String domain) throws LookupException {
        return records(domain, Type.NAPTR, record -> {
            NAPTRRecord naptr = (NAPTRRecord) record;
            return new Naptr(
                    naptr.getOrder(),
                    naptr.getPreference(),
                    naptr.getService(),
                    naptr.getReplacement().toString(true));
        });
    }

    @Override
    public Found<Srv> srv(String name) throws LookupException {
        return records(name, Type.SRV, record -> {
            SRVRecord srv = (SRVRecord) record;
            return new Srv(
                    srv.getPriority(),
                    srv.getWeight(),
                    srv.getPort(),
                    srv.getTarget().toString(true));
        });
    }

    private static <T> Found<T> records(String name, int type, Function<Record, T> translate) throws LookupException {
        try {
            Lookup lookup = new Lookup(Name.fromString(name, Name.root), type);
            Record[] found = lookup.run();
            if (lookup.getResult() == Lookup.TRY_AGAIN || lookup.getResult() == Lookup.UNRECOVERABLE) {
                throw new LookupException("name servers do not answer for " + name);
            }
            if (found == null) {
                return new Found<>(List.of(), NOTHING_HOLDS);
            }
            List<T> records = new ArrayList<>();
            long seconds = Long.MAX_VALUE;
            for (Record record : found) {
                if (record.getType() == type) {
                    records.add(translate.apply(record));
                    seconds = Math.min(seconds, record.getTTL());
                }
            }
            return new Found<>(records, records.isEmpty() ? NOTHING_HOLDS : Duration.ofSeconds(seconds));
        } catch (TextParseException e) {
            return new Found<>(List.of(), NOTHING_HOLDS);
        }
    }

    @Override
    public Found<InetAddress> addresses(String host) {
        try {
            return new Found<>(List.of(InetAddress.getAllByName(host)), ADDRESSES_HOLD);
        } catch (UnknownHostException e) {
            return new Found<>(List.of(), NOTHING_HOLDS);
        }
    }
}
