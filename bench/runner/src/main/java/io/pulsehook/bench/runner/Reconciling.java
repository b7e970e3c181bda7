package io.pulsehook.bench.runner;

import java.util.ArrayList;
import java.util.List;

/**
 * How fast events are stored while their contacts' messages are compared with those that
 * SendPulse has, and how fast without. The process's time has the comparisons in it, so
 * that it is told and held to no bar.
 */
final class Reconciling {

	private static final String EVERY_MINUTE = "--pulsehook.sendpulse.reconcile=1m";

	private Reconciling() {
	}

	/** Asks it of both databases, and prints what comes out. */
	static void print() throws Exception {
		System.out.println("\nHow fast are events stored while reconciliations run? (" + Results.machine()
				+ "; before: none begins; now: one every minute, of " + Account.CONTACTS + " contacts with "
				+ Account.MESSAGES + " messages each; " + Sides.text() + ")\n\n" + Change.HEAD);
		for (Comparison.Database database : List.<Comparison.Database>of(Lab::sqlite, Lab::postgresql)) {
			ask(database).forEach(System.out::println);
		}
	}

	private static List<Change> ask(Comparison.Database database) throws Exception {
		try (Account account = new Account()) {
			List<Costs> starts = Sides.eachStart((lab) -> start(lab, database, account),
					(lab) -> start(lab, database, account, EVERY_MINUTE), (sides) -> measure(sides, account));
			return Costs.changes(starts).stream().map(Change::told).toList();
		}
	}

	private static Target start(Lab lab, Comparison.Database database, Account account, String... more)
			throws Exception {
		List<String> arguments = new ArrayList<>(account.arguments());
		arguments.addAll(List.of(more));
		return lab.pulsehook(Jvm.best(), database.in(lab), 1, arguments.toArray(String[]::new));
	}

	private static Costs measure(Sides sides, Account account) throws Exception {
		long before = account.histories();
		Costs costs = Costs.of(sides);
		if (account.histories() == before) {
			throw new IllegalStateException("No reconciliation ran meanwhile, and a comparison means nothing.");
		}
		return costs;
	}

}
