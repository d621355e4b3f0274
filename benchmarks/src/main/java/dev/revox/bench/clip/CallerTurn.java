package dev.revox.bench.clip;

import java.util.List;

/**
 * What one caller says before it is the agent's turn, in the parts between which the caller pauses.
 *
 * @param parts with the punctuation that the whole text has there: none in the middle of a sentence
 */
public record CallerTurn(String kind, List<String> parts) {

    public static final List<CallerTurn> ALL = List.of(
            turn("sentence", "I would like to book a table for Friday evening."),
            turn("sentence", "My washing machine has stopped working."),
            turn("sentence", "Please send the invoice to my office."),
            turn("sentence", "We moved to a new flat last week."),
            turn("sentence", "Yes, that works for me."),
            turn("question", "What time do you open on Saturday?"),
            turn("question", "Can I change my appointment to next week?"),
            turn("question", "How much does the delivery cost?"),
            turn("question", "Do you still have the blue one in stock?"),
            turn("question", "Where can I leave my car?"),
            turn("mid-phrase", "I'd like to come with my", "daughter."),
            turn("mid-phrase", "Could you put me through to the", "billing department?"),
            turn("mid-phrase", "I am calling because of", "a letter from your company."),
            turn("mid-phrase", "The problem started on", "Monday morning."),
            turn("mid-phrase", "It is a very", "old heating system."),
            turn("mid-phrase", "We need a room for", "twelve people."),
            turn("mid-phrase", "My son wants to", "learn the piano."),
            turn("clause", "I called you yesterday", "because the parcel never came."),
            turn("clause", "I can come on Tuesday", "if that suits you."),
            turn("clause", "The light is red", "and the screen stays dark."),
            turn("clause", "I paid the bill last month", "but I got a reminder today."),
            turn("clause", "We will be on holiday", "until the end of August."),
            turn("clause", "I need a new card", "when the old one expires."),
            turn("two sentences", "My name is Peter Miller.", "I have an appointment tomorrow."),
            turn("two sentences", "The heating is broken.", "It has been cold since Sunday."),
            turn("two sentences", "I am not at home this week.", "Could you come on Monday?"),
            turn("two sentences", "Thank you for calling back.", "I have one more question."),
            turn("two sentences", "That is too late for me.", "Is there anything in the morning?"),
            turn("number", "My number is", "oh one seven one", "four four nine", "two six eight."),
            turn("number", "It is five five five", "oh one two", "three four nine one."),
            turn("number", "You can reach me at", "two oh seven", "nine four six", "oh eight five two."),
            turn("number", "The customer number is", "eight three one", "seven seven oh five."),
            turn("number", "Call me on six one two", "five five five", "oh one four two."),
            turn("e-mail", "My address is", "john dot baker", "at example dot com."),
            turn("e-mail", "Send it to anna", "dot green", "at example dot org."),
            turn("hesitation", "Well um", "I think Thursday is better."),
            turn("hesitation", "I wanted to ask uh", "whether you repair bicycles."),
            turn("hesitation", "So", "I was thinking of a bigger car."),
            turn("hesitation", "Let me see um", "the third of May would be fine."),
            turn("hesitation", "It is about er", "my daughter's school trip."));

    private static CallerTurn turn(String kind, String... parts) {
        return new CallerTurn(kind, List.of(parts));
    }
}
