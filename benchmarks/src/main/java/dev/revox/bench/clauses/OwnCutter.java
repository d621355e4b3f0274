package dev.revox.bench.clauses;

import dev.revox.agent.speech.clause.ClauseSplitter;
import java.util.ArrayList;
import java.util.List;

/** Our own way: as the replies of a call are cut. */
final class OwnCutter {

    private OwnCutter() {}

    static Cutting cut(Reply reply) {
        ClauseSplitter splitter = new ClauseSplitter();
        List<String> tokens = reply.tokens();
        List<String> pieces = new ArrayList<>();
        int firstAfter = tokens.size() + 1;
        for (int i = 0; i < tokens.size(); i++) {
            pieces.addAll(splitter.accept(tokens.get(i)));
            if (!pieces.isEmpty()) {
                firstAfter = Math.min(firstAfter, i + 1);
            }
        }
        splitter.finish().ifPresent(pieces::add);
        return new Cutting(reply, firstAfter, pieces);
    }
}
