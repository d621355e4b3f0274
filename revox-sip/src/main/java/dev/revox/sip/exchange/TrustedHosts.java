package dev.revox.sip.exchange;

import dev.revox.RevoxException;
import dev.revox.phone.PhoneNumber;
import dev.revox.secret.Secret;
import dev.revox.sip.location.Target;
import dev.revox.sip.signaling.session.TrunkRules;
import dev.revox.sip.trunk.TrunkPlan;
import dev.revox.sip.trunk.TrunkPlan.Login;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Which hosts belong to the trunks: who may call us, and who may see an answer to a challenge. <b>Thread:</b> Thread-safe. */
public final class TrustedHosts {

    private static final Pattern URI_HOST =
            Pattern.compile("<?sips?:(?:[^@>]*@)?(\\[[0-9A-Fa-f:.]+]|[^:;>?]+).*", Pattern.CASE_INSENSITIVE);
    private static final Pattern LITERAL = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|\\[[0-9A-Fa-f:.]+]");

    private final List<TrunkPlan> trunks;

    public TrustedHosts(List<TrunkPlan> trunks) {
        this.trunks = trunks;
    }

    /** Passwords of callers whose address does not matter, by user. */
    public Map<String, Secret> callers() {
        return trunks.stream()
                .flatMap(trunk -> trunk.callers().login().stream())
                .collect(Collectors.toMap(Login::user, Login::secret, (first, second) -> {
                    throw new RevoxException(
                            "two trunks let the same user in; allowInboundAs needs one user each", false);
                }));
    }

    /** The number, from 0, of the trunk that a user calls by, who has shown the password. */
    int numberOf(String user) {
        return IntStream.range(0, trunks.size())
                .filter(number ->
                        trunks.get(number).callers().login().map(Login::user).equals(Optional.of(user)))
                .findFirst()
                .orElse(0);
    }

    /** True for an address of any trunk. */
    public boolean letsIn(InetAddress source) {
        // Asked for each datagram of a flood: a stream would cost more than the question.
        for (TrunkPlan trunk : trunks) {
            if (trunk.letsIn(source)) {
                return true;
            }
        }
        return false;
    }

    /** The number, from 0, of the trunk that an address calls from; only for an address that is let in. */
    public int numberOf(InetAddress source) {
        for (int number = 0; number < trunks.size(); number++) {
            if (trunks.get(number).letsIn(source)) {
                return number;
            }
        }
        return 0;
    }

    /**
     * True when the first hop of a request is the trunk itself: by name, by one of the addresses of its name, or by an
     * address that the operator listed as the trunk's. Looks a name up at most for the trunk's own host.
     */
    public boolean mayBeShownCredentials(TrunkPlan trunk, String hopUri) {
        Matcher matcher = URI_HOST.matcher(hopUri);
        if (!matcher.matches()) {
            return false;
        }
        String host = matcher.group(1);
        if (host.equalsIgnoreCase(trunk.site().host())) {
            return true;
        }
        if (!LITERAL.matcher(host).matches()) {
            return false;
        }
        try {
            InetAddress address = InetAddress.getByName(host);
            return trunk.letsIn(address)
                    || List.of(InetAddress.getAllByName(trunk.site().host())).contains(address);
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /**
     * What a call by this trunk may do.
     *
     * @param target that the call goes to or comes from: the trunk's own, by whatever name it was found
     */
    public TrunkRules rulesOf(TrunkPlan trunk, Target target) {
        return new TrunkRules() {
            @Override
            public String name() {
                return trunk.name();
            }

            @Override
            public boolean own(String uri) {
                return target.isNamedBy(uri) || mayBeShownCredentials(trunk, uri);
            }

            @Override
            public boolean letsIn(InetAddress source) {
                return trunk.letsIn(source);
            }

            @Override
            public String uriOf(PhoneNumber number) {
                return trunk.uriOf(number);
            }
        };
    }
}
