package dev.revox.sip.signaling.syntax;

import gov.nist.javax.sip.parser.MessageParser;
import gov.nist.javax.sip.parser.MessageParserFactory;
import gov.nist.javax.sip.parser.StringMsgParserFactory;
import gov.nist.javax.sip.stack.SIPTransactionStack;

/** Makes the parsers of a stack. Made by the library by reflection. <b>Thread:</b> Thread-safe. */
public final class StrictParserFactory implements MessageParserFactory {

    private final MessageParserFactory lenient = new StringMsgParserFactory();

    @Override
    public MessageParser createMessageParser(SIPTransactionStack stack) {
        return new StrictParser(lenient.createMessageParser(stack));
    }
}
