package dev.revox.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * One request with its redirects, each judged anew, one connection each.
 *
 * <p><b>Thread:</b> Runs on one thread; {@link #abort} may come from any.
 */
final class Exchange {

    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final Set<String> BODY_METHODS = Set.of("POST", "PUT", "PATCH");

    /** The client sets these itself; a second one could make two readers see two requests. */
    private static final Set<String> OWN_HEADERS = Set.of(
            "host",
            "connection",
            "content-length",
            "transfer-encoding",
            "upgrade",
            "te",
            "trailer",
            "expect",
            "accept-encoding");

    /** What may follow a redirect to somebody else; keys and cookies must not. */
    private static final Set<String> HARMLESS_HEADERS =
            Set.of("accept", "accept-language", "content-type", "user-agent");

    private final OutgoingHttp.Surroundings surroundings;
    private final HttpLimits limits;
    private volatile @Nullable Socket socket;
    private volatile boolean aborted;

    Exchange(OutgoingHttp.Surroundings surroundings, HttpLimits limits) {
        this.surroundings = surroundings;
        this.limits = limits;
    }

    /** Breaks off whatever blocks. */
    void abort() {
        aborted = true;
        Socket open = socket;
        if (open != null) {
            close(open);
        }
    }

    HttpReply run(OutgoingRequest first) {
        OutgoingRequest request = first;
        for (int redirects = 0; ; redirects++) {
            Target target = Target.of(request.url());
            HttpReply reply = once(request, target);
            Optional<String> location = reply.header("location");
            if (!REDIRECTS.contains(reply.status()) || location.isEmpty() || limits.maxRedirects() == 0) {
                return reply;
            }
            if (redirects == limits.maxRedirects()) {
                throw new HttpException(
                        HttpException.Reason.TOO_MUCH, "more than " + limits.maxRedirects() + " redirects");
            }
            request = redirected(request, target, reply.status(), location.get());
        }
    }

    private static OutgoingRequest redirected(OutgoingRequest request, Target from, int status, String location) {
        URI url;
        try {
            url = request.url().resolve(location);
        } catch (IllegalArgumentException unreadable) {
            throw new HttpException(HttpException.Reason.MALFORMED, "the reply redirects to something that is no URL");
        }
        Target to = Target.of(url);
        if (from.tls() && !to.tls()) {
            throw new HttpException(HttpException.Reason.FORBIDDEN_TARGET, "the reply redirects from https to http");
        }
        boolean becomesGet = status == 303 || (status <= 302 && request.method().equals("POST"));
        List<OutgoingRequest.Header> headers = request.headers().stream()
                .filter(header -> from.sameOrigin(to) || isOneOf(header, HARMLESS_HEADERS))
                .filter(header -> !becomesGet || !header.is("content-type"))
                .toList();
        return new OutgoingRequest(
                becomesGet ? "GET" : request.method(), url, headers, becomesGet ? Optional.empty() : request.body());
    }

    private HttpReply once(OutgoingRequest request, Target target) {
        byte[] bytes = encode(request, target);
        try (Socket connection = connect(target)) {
            OutputStream out = connection.getOutputStream();
            out.write(bytes);
            out.flush();
            return new ReplyReader(new BufferedInputStream(connection.getInputStream()), limits).read();
        } catch (IOException broken) {
            throw new HttpException(
                    HttpException.Reason.UNREACHABLE, "the host is not known, does not answer or went away", broken);
        } finally {
            socket = null;
        }
    }

    private Socket connect(Target target) throws IOException {
        List<InetAddress> addresses = surroundings.resolver().resolve(target.host());
        if (addresses.isEmpty()) {
            throw new UnknownHostException("no address");
        }
        // One inside address among public ones is no accident: the whole name is refused.
        if (!surroundings.allowedHosts().contains(target.host())
                && !addresses.stream().allMatch(AddressGuard::isPublic)) {
            throw new HttpException(
                    HttpException.Reason.FORBIDDEN_TARGET,
                    "the host leads to an address that is not public; allow the host by name if that is meant");
        }
        IOException last = new UnknownHostException("no address");
        for (InetAddress address : addresses) {
            try {
                Socket plain =
                        surroundings.connector().connect(new InetSocketAddress(address, target.port()), this::opened);
                opened(plain);
                return target.tls() ? secured(plain, target) : plain;
            } catch (IOException refused) {
                last = refused;
            }
        }
        throw last;
    }

    private void opened(Socket fresh) {
        socket = fresh;
        if (aborted) {
            close(fresh);
        }
    }

    private Socket secured(Socket plain, Target target) throws IOException {
        SSLSocketFactory factory = surroundings.tls().getSocketFactory();
        try {
            SSLSocket secure = (SSLSocket) factory.createSocket(plain, target.host(), target.port(), true);
            SSLParameters parameters = secure.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
            if (!target.host().contains(":") && !target.host().matches("[0-9.]+")) {
                parameters.setServerNames(List.of(new SNIHostName(target.host())));
            }
            secure.setSSLParameters(parameters);
            secure.startHandshake();
            return secure;
        } catch (IOException failed) {
            close(plain);
            throw failed;
        }
    }

    private static byte[] encode(OutgoingRequest request, Target target) {
        if (request.headers().stream().anyMatch(header -> isOneOf(header, OWN_HEADERS))) {
            throw new HttpException(
                    HttpException.Reason.MALFORMED,
                    "host, length, coding and connection headers are set by the client");
        }
        StringBuilder head = new StringBuilder();
        head.append(request.method()).append(' ').append(target.pathAndQuery()).append(" HTTP/1.1\r\n");
        line(head, "Host", target.hostHeader());
        line(head, "Connection", "close");
        line(head, "Accept-Encoding", "gzip");
        if (request.headers().stream().noneMatch(header -> header.is("user-agent"))) {
            line(head, "User-Agent", "revox");
        }
        request.headers().forEach(header -> line(head, header.name(), header.value()));
        byte[] body = request.body().orElse("").getBytes(StandardCharsets.UTF_8);
        if (body.length > 0 || BODY_METHODS.contains(request.method())) {
            line(head, "Content-Length", Integer.toString(body.length));
        }
        head.append("\r\n");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(head.length() + body.length);
        bytes.writeBytes(head.toString().getBytes(StandardCharsets.UTF_8));
        bytes.writeBytes(body);
        return bytes.toByteArray();
    }

    private static void line(StringBuilder head, String name, String value) {
        head.append(name).append(": ").append(value).append("\r\n");
    }

    private static boolean isOneOf(OutgoingRequest.Header header, Set<String> names) {
        return names.contains(header.name().toLowerCase(Locale.ROOT));
    }

    private static void close(Socket open) {
        try {
            open.close();
        } catch (IOException alreadyBroken) {
            // Closed is all it had to be.
        }
    }
}
