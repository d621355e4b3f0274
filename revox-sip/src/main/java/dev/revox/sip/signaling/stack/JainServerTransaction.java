package dev.revox.sip.signaling.stack;

import dev.revox.sip.signaling.ServerTransaction;
import dev.revox.sip.signaling.SipHeader;
import dev.revox.sip.signaling.SipReply;
import dev.revox.sip.signaling.log.Redaction;
import java.text.ParseException;
import javax.sip.InvalidArgumentException;
import javax.sip.SipException;
import javax.sip.SipProvider;
import javax.sip.header.ContentTypeHeader;
import javax.sip.header.HeaderFactory;
import javax.sip.header.ToHeader;
import javax.sip.message.MessageFactory;
import javax.sip.message.Request;
import javax.sip.message.Response;

/** A request that was let in, and its transaction in the library. <b>Thread:</b> Thread-safe. */
final class JainServerTransaction implements ServerTransaction {

    private static final System.Logger LOG = System.getLogger("dev.revox.sip.signaling.stack");

    private final Factories factories;
    private final SipProvider provider;
    private final javax.sip.ServerTransaction transaction;
    private final Request request;

    /** The library's makers of messages and headers. */
    record Factories(MessageFactory messages, HeaderFactory headers) {

        Response response(Request request, SipReply reply)
                throws ParseException, SipException, InvalidArgumentException {
            Response response = messages.createResponse(reply.status(), request);
            ToHeader to = (ToHeader) response.getHeader(ToHeader.NAME);
            if (reply.toTag().isPresent() && to.getTag() == null) {
                to.setTag(reply.toTag().get());
            }
            for (SipHeader header : reply.headers()) {
                for (String value : values(header)) {
                    response.addHeader(headers.createHeader(header.name(), value));
                }
            }
            if (reply.body().isPresent()) {
                String type = reply.body().get().contentType();
                int slash = type.indexOf('/');
                ContentTypeHeader contentType =
                        headers.createContentTypeHeader(type.substring(0, slash), type.substring(slash + 1));
                response.setContent(reply.body().get().content(), contentType);
            }
            return response;
        }

        // The library takes the members of a list one by one.
        private static String[] values(SipHeader header) {
            return switch (header.name()) {
                case "Allow", "Supported", "Unsupported", "Accept" ->
                    header.value().split(",\\s*", -1);
                default -> new String[] {header.value()};
            };
        }
    }

    JainServerTransaction(
            Factories factories, SipProvider provider, javax.sip.ServerTransaction transaction, Request request) {
        this.factories = factories;
        this.provider = provider;
        this.transaction = transaction;
        this.request = request;
    }

    @Override
    public void reply(SipReply reply) {
        try {
            transaction.sendResponse(factories.response(request, reply));
        } catch (ParseException | SipException | InvalidArgumentException | RuntimeException e) {
            unsent(reply, e);
        }
    }

    @Override
    public void repeat(SipReply reply) {
        try {
            provider.sendResponse(factories.response(request, reply));
        } catch (ParseException | SipException | InvalidArgumentException | RuntimeException e) {
            unsent(reply, e);
        }
    }

    // A response that cannot leave is like one that is lost: timers deal with it.
    private static void unsent(SipReply reply, Exception cause) {
        boolean defect = cause instanceof ParseException || cause instanceof IllegalArgumentException;
        LOG.log(
                defect ? System.Logger.Level.ERROR : System.Logger.Level.DEBUG,
                () -> Redaction.of("response " + reply.status() + " could not be sent: " + cause));
    }
}
