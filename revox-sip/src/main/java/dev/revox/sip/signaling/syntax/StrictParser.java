package dev.revox.sip.signaling.syntax;

import gov.nist.javax.sip.header.Contact;
import gov.nist.javax.sip.header.MaxForwards;
import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.parser.MessageParser;
import gov.nist.javax.sip.parser.ParseExceptionListener;
import java.text.ParseException;
import java.util.Optional;
import javax.sip.InvalidArgumentException;
import javax.sip.address.Address;
import javax.sip.message.Request;
import org.jspecify.annotations.Nullable;

/**
 * The library's parser with our checks before it and one catch-all round it.
 *
 * <p>What it throws is always a {@link ParseException} in words of our own: the library puts the text into a reason phrase, where
 * its own texts show addresses of objects, line ends and pieces of the message.
 *
 * <p><b>Thread:</b> Confined to one reader of the library.
 */
final class StrictParser implements MessageParser {

    private static final System.Logger LOG = System.getLogger("dev.revox.sip.signaling.syntax");

    private static final int USUAL_HOPS = 70;

    private final MessageParser lenient;

    StrictParser(MessageParser lenient) {
        this.lenient = lenient;
    }

    @Override
    public @Nullable SIPMessage parseSIPMessage(
            byte[] bytes, boolean readBody, boolean strict, ParseExceptionListener listener) throws ParseException {
        Optional<Flaw> flaw = MessageSyntax.flaw(bytes);
        if (flaw.isPresent() && flaw.get().status() == MessageSyntax.UNREADABLE) {
            throw new ParseException(flaw.get().reason(), 0);
        }
        SIPMessage message;
        try {
            message = lenient.parseSIPMessage(BodyEnd.cut(bytes), readBody, strict, listener);
        } catch (ParseException e) {
            throw malformed(e);
        } catch (RuntimeException | StackOverflowError e) {
            LOG.log(
                    System.Logger.Level.DEBUG,
                    () -> "the SIP parser stumbled over a message: "
                            + e.getClass().getName());
            throw malformed(e);
        }
        if (message != null && flaw.isPresent()) {
            message.setApplicationData(flaw.get());
        }
        if (message instanceof SIPRequest request) {
            complete(request);
        }
        return message;
    }

    // What an element of RFC 2543 leaves out and the library makes no transaction without.
    private static void complete(SIPRequest request) {
        try {
            if (request.getMaxForwards() == null) {
                request.setMaxForwards(new MaxForwards(USUAL_HOPS)); // RFC 3261 §16.3, §20.22
            }
        } catch (InvalidArgumentException e) {
            throw new IllegalStateException("the SIP library refuses " + USUAL_HOPS + " hops", e);
        }
        boolean cookie = request.getTopmostVia() != null
                && request.getTopmostVia().getBranch() != null
                && request.getTopmostVia().getBranch().startsWith("z9hG4bK");
        if (!cookie
                && request.getMethod().equals(Request.INVITE)
                && request.getContactHeaders() == null
                && request.getFrom() != null) {
            Contact contact = new Contact();
            contact.setAddress((Address) request.getFrom().getAddress().clone());
            request.setHeader(contact);
        }
    }

    private static ParseException malformed(Throwable cause) {
        ParseException plain = new ParseException("malformed message", 0);
        plain.initCause(cause instanceof ParseException ? null : cause);
        return plain;
    }
}
