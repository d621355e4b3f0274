package dev.revox.acceptance.house;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/** A class whose package declares {@code @NullMarked}. */
final class NullMarkedRoom extends ArchCondition<JavaClass> {

    NullMarkedRoom() {
        super("stand in a package marked @NullMarked");
    }

    @Override
    public void check(JavaClass item, ConditionEvents events) {
        boolean marked = item.getPackage().tryGetPackageInfo().isPresent()
                && item.getPackage().isAnnotatedWith("org.jspecify.annotations.NullMarked");
        if (!marked) {
            events.add(SimpleConditionEvent.violated(
                    item, item.getName() + " stands in a package without @NullMarked in its package-info.java"));
        }
    }
}
