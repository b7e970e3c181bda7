package io.pulsehook;

import java.util.List;
import java.util.stream.Stream;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.jspecify.annotations.NullMarked;

import io.pulsehook.inbox.Storage;

/**
 * Tests which packages may depend on which others.
 */
@AnalyzeClasses(packages = "io.pulsehook", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

	private static final String ROOT = "io.pulsehook";

	@ArchTest
	final ArchRule theModelKnowsNothingButJacksonAndConstraints = ArchRuleDefinition.classes()
		.that()
		.resideInAPackage("io.pulsehook.event..")
		.should()
		.onlyDependOnClassesThat(JavaClass.Predicates.resideInAnyPackage("io.pulsehook.event..", "java..",
				"com.fasterxml.jackson.annotation..", "tools.jackson..", "org.jspecify..", "jakarta.validation.."));

	@ArchTest
	final ArchRule whatAHandlerAuthorSeesKnowsTheModelOnly = arrows(ROOT, "event");

	@ArchTest
	final ArchRule theInboxKnowsWhatItStandsOnOnly = arrows("inbox", "threads", "failure", "files", "event.filter");

	@ArchTest
	final ArchRule theRoomsOfTheInboxHaveNoCycles = SlicesRuleDefinition.slices()
		.matching("io.pulsehook.inbox.(*)..")
		.should()
		.beFreeOfCycles();

	@ArchTest
	final ArchRule theRoomsOfTheConsoleHaveNoCycles = SlicesRuleDefinition.slices()
		.matching("io.pulsehook.console.(*)..")
		.should()
		.beFreeOfCycles();

	@ArchTest
	final ArchRule theRoomsOfDestinationsHaveNoCycles = SlicesRuleDefinition.slices()
		.matching("io.pulsehook.destination.(*)..")
		.should()
		.beFreeOfCycles();

	@ArchTest
	final ArchRule onlyTheInboxWrites = ArchRuleDefinition.noClasses()
		.that()
		.resideOutsideOfPackage("io.pulsehook.inbox..")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("io.pulsehook.inbox.commit..", "io.pulsehook.inbox.write..", "io.pulsehook.inbox.sqlite..",
				"io.pulsehook.inbox.postgresql..", "io.pulsehook.inbox.replica..");

	@ArchTest
	final ArchRule theInboxKnowsNoSpool = ArchRuleDefinition.noClasses()
		.that()
		.resideInAPackage("io.pulsehook.inbox..")
		.and()
		.resideOutsideOfPackage("io.pulsehook.inbox.spool..")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("io.pulsehook.inbox.spool..");

	@ArchTest
	final ArchRule filesKnowNoOther = arrows("files");

	@ArchTest
	final ArchRule webKnowsNoOther = arrows("web");

	@ArchTest
	final ArchRule failuresKnowNoOther = arrows("failure");

	@ArchTest
	final ArchRule threadsKnowHowFailuresAreTold = arrows("threads", "failure");

	@ArchTest
	final ArchRule theEdgeMeetsTheRestInTheInbox = arrows("receive", "inbox", "event", "failure", "files", "web");

	@ArchTest
	final ArchRule theDispatcherMeetsTheRestInTheInbox = arrows("dispatch", "inbox", "event", "threads", "failure",
			ROOT);

	@ArchTest
	final ArchRule theApiLooksAtBothAndReceives = arrows("api", "inbox", "dispatch", "destination", "receive",
			"reconcile", "event", "failure", "web", ROOT);

	@ArchTest
	final ArchRule observationLooksAtBoth = arrows("observe", "inbox", "dispatch", "event", "reconcile", "sendpulse",
			"threads");

	@ArchTest
	final ArchRule destinationsAreHandlers = arrows("destination", "dispatch.handler", "dispatch.rest", "event",
			"failure", ROOT);

	@ArchTest
	final ArchRule theClientKnowsWhatAHandlerAuthorKnows = arrows("sendpulse", "event", "dispatch.rest", "failure",
			ROOT);

	@ArchTest
	final ArchRule reconciliationComparesTheClientWithTheInbox = arrows("reconcile", "sendpulse", "receive", "inbox",
			"event", "threads", "failure", ROOT);

	@ArchTest
	final ArchRule alarmsLookAtBothAndArePosted = arrows("alerts", "inbox", "dispatch", "destination", "reconcile",
			"threads", "failure", ROOT);

	@ArchTest
	final ArchRule theConsoleLooksAtBothAndReceives = arrows("console", "inbox", "dispatch", "destination", "receive",
			"reconcile", "event", "threads", "failure", "web", ROOT);

	@ArchTest
	final ArchRule theServiceKnowsItsWiringTheInboxAndWhatAHandlerAuthorKnows = arrows("app", ROOT, "autoconfigure",
			"console", "event", "inbox", "threads", "failure", "files", "web");

	@ArchTest
	final ArchRule theWiringKnowsAllButTheService = arrows("autoconfigure", "alerts", "api", "console", "destination",
			"dispatch", "sendpulse", "event", "inbox", "observe", "receive", "reconcile", "threads", "failure", "files",
			ROOT);

	@ArchTest
	final ArchRule whatTestsNeedLooksAtBothAndReceives = arrows("test", "autoconfigure", "dispatch", "inbox", "receive",
			"sendpulse", "event", ROOT);

	@ArchTest
	final ArchRule onlyTheWiringTakesThePartsOfTheStorageFromIt = ArchRuleDefinition.noClasses()
		.that()
		.resideOutsideOfPackages(name("autoconfigure"), name("inbox"))
		.should()
		.dependOnClassesThat()
		.haveFullyQualifiedName(Storage.class.getName());

	@ArchTest
	final ArchRule thereAreNoCycles = SlicesRuleDefinition.slices()
		.matching("io.pulsehook.(*)..")
		.should()
		.beFreeOfCycles();

	@ArchTest
	final ArchRule lanesKnowHandlersAndNotTheDispatcher = arrows("dispatch.lane", "dispatch.attempt",
			"dispatch.handler", "dispatch.rest", "inbox", "event", "failure", ROOT);

	@ArchTest
	final ArchRule attemptsKnowHandlersAndNotLanes = arrows("dispatch.attempt", "dispatch.handler", "dispatch.rest",
			"inbox", "event", "failure", ROOT);

	@ArchTest
	final ArchRule restsKnowTheInboxOnly = arrows("dispatch.rest", "inbox", "failure", ROOT);

	@ArchTest
	final ArchRule handlersKnowNeitherLanesNorTheDispatcher = arrows("dispatch.handler", "inbox", "event", "failure",
			ROOT);

	@ArchTest
	final ArchRule everyPackageIsNullMarked = ArchRuleDefinition.classes().should(liveInANullMarkedPackage());

	private static ArchRule arrows(String from, String... to) {
		List<String> packages = Stream.concat(Stream.of(from), Stream.of(to)).map(ArchitectureTests::name).toList();
		DescribedPredicate<JavaClass> known = JavaClass.Predicates.resideInAnyPackage(packages.toArray(String[]::new));
		return ArchRuleDefinition.classes()
			.that()
			.resideInAPackage(name(from))
			.should()
			.onlyDependOnClassesThat(
					known.or(DescribedPredicate.not(JavaClass.Predicates.resideInAPackage(ROOT + ".."))));
	}

	private static String name(String feature) {
		return feature.equals(ROOT) ? ROOT : ROOT + "." + feature + "..";
	}

	private static ArchCondition<JavaClass> liveInANullMarkedPackage() {
		return new ArchCondition<>("live in a @NullMarked package") {

			@Override
			public void check(JavaClass type, ConditionEvents events) {
				boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
				events.add(new SimpleConditionEvent(type, marked,
						type.getPackageName() + " has no package-info.java with @NullMarked"));
			}

		};
	}

}
