/*
 * The lease and reset-log protocol of src/cache/lease-coherence.ts, for Spin. Proved, for every order of steps: a read that starts
 * after a reset was answered returns nothing AppFlow had said before that reset.
 *
 * STATE. A replica: one key's value and flight (the promise of a fetch, joined by reads), lease, log identity, position, one renewal
 * under way. Redis: log identity, last record, who added which, one row per member. AppFlow: whether the watched reset has been there.
 *
 * STEPS. Each `::` of a loop is one atomic step; Spin tries all orders. Every message is lost, late or answered as it likes; leases and
 * entries end at any moment; replicas crash any number of times; Redis restarts -DLOSSES=n times, empty or with older data.
 * -DREPLICAS=n (2 or 3), -DRESETS=n: records a log may hold, of the watched reset, its retries and all other resets.
 *
 * WHAT IS ABSTRACTED, and why nothing is lost by it
 * - One reset is watched, any of them: an answer is OLD when AppFlow gave it before that reset. Of all other resets there remains what
 *   can touch it: a record that appears at any moment, and time that passes. By symmetry the watched one is replica 0's; a crash in its midst,
 *   or giving up on it, ends it without a promise.
 * - A newer answer than OLD can harm nobody, and AppFlow gives no other once reset: such fetches leave no trace, and a replica without OLD
 *   is followed only as far as others may wait for it. A fetch starts when it looks, since nobody can tell.
 * - Time: instead of clocks, what has lasted a lease takes with it every lease it must outlast. That is less than the protocol waits for:
 *   the timed exit outlasts only what was granted before the record; the early exit only what an earlier log granted; pruning a
 *   member nobody heard of for a lease only that member's. An answer later than its lease grants none.
 * - A renewal that Redis runs after its sender gave up can only set a row back: resets wait longer. So can a second row of a dead
 *   member: a row outlives its replica here until it is pruned or the replica has come back.
 *
 * BROKEN VARIANTS. One -D each, branched on where the text is wrong and listed in variants.ts; each has to violate an assertion.
 *
 * A COUNTEREXAMPLE, the shortest one, told line by line (with -p -g: every statement and variable):
 *   spin -a -DNO_RUN_ID coherence.pml && gcc -DSAFETY -DNOREDUCE -DBFS -w -o pan pan.c && ./pan && spin -t -DNO_RUN_ID coherence.pml
 */
#ifndef REPLICAS
#define REPLICAS 2
#endif
#ifndef RESETS
#define RESETS 2
#endif
#ifndef LOSSES
#define LOSSES 1
#endif

/* What a key holds. */
#define NONE 0
#define OLD 1

/* A renewal: not under way, sent, run by Redis and answered. */
#define IDLE 0
#define SENT 1
#define ANSWERED 2

/* What its answer says beside the position: no record of others, some, or that the log is another one. */
#define NOTHING 0
#define RECORDS 1
#define OTHER_LOG 2

/* The watched reset, after IDLE: AppFlow was reset, memory cleared, record added, told so, heard that all have it, answered. */
#define ACCEPTED 1
#define CLEARED 2
#define APPENDED 3
#define WAITING 4
#define HEARD 5
#define DONE 6

/* The watched read without a lease, after IDLE: waits for a renewal to be sent, for its answer, or fetches by itself. */
#define ASKING 1
#define ASKED 2
#define FETCHING 3

typedef Member {
  byte value;
  byte flight;
  bool lease;
  byte identity;          /* 0: follows none, or one that is gone */
  byte position;
  byte renewal;
  byte answerIdentity;
  byte answerSeq;
  byte answerNews;
  bool answerLate         /* the lease it grants is over already */
}

Member member[REPLICAS];
#define me _pid
#define my member[_pid]

/* Redis. */
byte identity = 1;
byte seq;
byte newest[REPLICAS];    /* the last record each added */
byte row[REPLICAS];       /* 0: none, else 1 + applied; nobody asks for the resetter's own */

bool upstreamReset;
byte reset;
byte toldIdentity;
byte toldSeq;
#define promised (reset == DONE)

byte reading;
byte reader;

#ifdef UNFENCED_SECOND_TIER
byte tier;
#define tierHoldsOld (tier == OLD)
#else
#define tierHoldsOld false
#endif

byte j = REPLICAS;          /* of loops, which all end there */

/* -DCOUNT: how often each of these was done, so that a proof is seen to be about something. */
#ifdef COUNT
c_decl {
  static unsigned long leaseHits, validatedReads, degradedReads, earlyExits, acknowledgedExits, timedExits, lateAnswers, adoptedLogs,
    appliedRecords, skippedOwnRecords, retriedAppends, prunedMembers, crashes, emptyRestarts, olderRestarts;
  static void printCounts(void) {
    printf("reached leaseHits %lu\nreached validatedReads %lu\nreached degradedReads %lu\n", leaseHits, validatedReads, degradedReads);
    printf("reached earlyExits %lu\nreached acknowledgedExits %lu\nreached timedExits %lu\n", earlyExits, acknowledgedExits, timedExits);
    printf("reached lateAnswers %lu\nreached adoptedLogs %lu\nreached appliedRecords %lu\n", lateAnswers, adoptedLogs, appliedRecords);
    printf("reached skippedOwnRecords %lu\nreached retriedAppends %lu\n", skippedOwnRecords, retriedAppends);
    printf("reached prunedMembers %lu\nreached crashes %lu\n", prunedMembers, crashes);
    printf("reached emptyRestarts %lu\nreached olderRestarts %lu\n", emptyRestarts, olderRestarts);
  }
  static void __attribute__((constructor)) countUntilExit(void) { atexit(printCounts); }
}
#define reach(counter) c_code { counter++; }
#else
#define reach(counter) skip
#endif

#define holdsOld(n) (member[n].value == OLD || member[n].flight == OLD || tierHoldsOld)
#define hasApplied(n) (row[n] > toldSeq)
#define holdsNoOneUp(n) (n == 0 || row[n] == 0 || hasApplied(n))
#if REPLICAS == 2
#define allHaveApplied holdsNoOneUp(1)
#define someoneApplied hasApplied(1)
#else
#define allHaveApplied (holdsNoOneUp(1) && holdsNoOneUp(2))
#define someoneApplied (hasApplied(1) || hasApplied(2))
#endif
#ifdef EARLY_ON_ANOTHER_LOG
#define toldByThisLog true
#else
#define toldByThisLog (toldIdentity == identity)
#endif
/* Granted by Redis before the watched record. */
#define isBefore(i, position) (i < toldIdentity || (i == toldIdentity && position < toldSeq))

/* ---- memory ---- */

/* A read is handed what memory holds. This is the property. */
inline serve() {
  printf("replica %d serves from memory: value %d, flight %d\n", me, my.value, my.flight);
  assert(!promised || !(my.value == OLD || my.flight == OLD))
}

inline clear() {
  printf("replica %d clears its memory\n", me);
  my.value = NONE;
#ifndef FLIGHTS_NOT_DETACHED
  my.flight = NONE;
#endif
  forgetHarmless(me)
}

/* ---- what can be of no more consequence is set to zero, so that states that differ only in it are one ---- */

inline forgetRenewal(n) {
  member[n].renewal = IDLE;
  member[n].answerIdentity = 0;
  member[n].answerSeq = 0;
  member[n].answerNews = NOTHING;
  member[n].answerLate = false
}

inline forgetMember(n) {
  member[n].value = NONE;
  member[n].flight = NONE;
  member[n].lease = false;
  member[n].identity = 0;
  member[n].position = 0;
  forgetRenewal(n)
}

inline forgetHarmless(n) {
  if
  :: upstreamReset && !holdsOld(n) ->
    member[n].lease = false;
    if :: promised -> forgetMember(n) :: else fi
  :: else
  fi
}

inline forgetAllHarmless() {
  for (j : 0 .. REPLICAS - 1) { forgetHarmless(j) }
  skip
}

#define isGone(i) (i != identity && i != toldIdentity)

inline forgetGoneLogs() {
  for (j : 0 .. REPLICAS - 1) {
#ifndef ROW_OF_ANOTHER_LOG
    if :: isGone(member[j].identity) -> member[j].identity = 0; member[j].position = 0 :: else fi;
#endif
    if :: isGone(member[j].answerIdentity) -> member[j].answerIdentity = 0; member[j].answerSeq = 0 :: else fi
  }
  skip
}

inline forgetTold() {
  toldIdentity = 0;
  toldSeq = 0;
  forgetGoneLogs()
}

/* ---- renewals ---- */

/* The script at Redis. Records of the member's own do not count as news. */
inline renewAtRedis() {
  my.renewal = ANSWERED;
  my.answerIdentity = identity;
  my.answerSeq = seq;
  if
  :: my.identity != identity -> my.answerNews = OTHER_LOG
  :: else ->
    for (j : 0 .. REPLICAS - 1) {
      if :: j != me && newest[j] > my.position -> my.answerNews = RECORDS :: else fi
    }
#ifdef SKIPS_WHAT_CAME_BEFORE_ITS_OWN
    if :: newest[me] == seq -> my.answerNews = NOTHING :: else fi
#endif
  fi;
  if
  :: me == 0 || promised
  :: else ->
#ifdef ACKNOWLEDGED_BEFORE_APPLIED
    row[me] = 1 + seq
#else
#ifdef ROW_OF_ANOTHER_LOG
    row[me] = 1 + my.position
#else
    row[me] = (my.identity == identity -> 1 + my.position : 1)
#endif
#endif
  fi
}

inline applyAnswer() {
  if
  :: my.answerNews == OTHER_LOG ->
    reach(adoptedLogs);
#ifndef KEPT_ON_NEW_IDENTITY
    clear()
#endif
  :: my.answerNews == RECORDS -> reach(appliedRecords); clear()
  :: my.answerNews == NOTHING && my.answerSeq > my.position -> reach(skippedOwnRecords)
  :: else
  fi;
  my.identity = my.answerIdentity;
  my.position = my.answerSeq;
  if :: my.answerLate -> reach(lateAnswers) :: else -> my.lease = true fi;
  forgetRenewal(me);
  if
#ifdef READ_JOINS_OLDER_RENEWAL
  :: reader == me && (reading == ASKED || reading == ASKING) ->
#else
  :: reader == me && reading == ASKED ->
#endif
    reach(validatedReads);
    serve();
    endRead()
  :: else
  fi;
  forgetHarmless(me)
}

inline endRead() {
  reading = IDLE;
  reader = 0
}

/* ---- the watched reset ---- */

inline append() {
  seq++;
  newest[me] = seq
}

inline answer() {
  printf("the reset is answered\n");
  reset = DONE;
  forgetTold();
  for (j : 0 .. REPLICAS - 1) { row[j] = 0 }
  forgetAllHarmless()
}

/* Leases of an earlier log are over: the log as it is has been followed for longer than one. */
inline outlastEarlierLogs() {
#ifndef EARLY_ON_YOUNG_IDENTITY
  for (j : 0 .. REPLICAS - 1) {
    if :: member[j].identity < toldIdentity -> member[j].lease = false :: else fi;
    if :: member[j].renewal == ANSWERED && member[j].answerIdentity < toldIdentity -> member[j].answerLate = true :: else fi
  }
#endif
  skip
}

/* A lease has passed since the record was added. */
inline outlastLeases() {
  for (j : 0 .. REPLICAS - 1) {
#ifndef NO_DRIFT_MARGIN
    if :: isBefore(member[j].identity, member[j].position) -> member[j].lease = false :: else fi;
#endif
#ifndef LEASE_FROM_REPLY
    if :: member[j].renewal == ANSWERED && isBefore(member[j].answerIdentity, member[j].answerSeq) -> member[j].answerLate = true :: else fi
#endif
  }
  skip
}

active [REPLICAS] proctype replica() provided (!promised || holdsOld(_pid)) {
end:
  do
  /* Reads with a lease: from memory, or a fetch whose promise goes there at once. */
#ifdef MEMORY_WITHOUT_REDIS
  :: d_step { holdsOld(me) -> serve() }
#else
  :: d_step { my.lease && holdsOld(me) -> reach(leaseHits); serve() }
#endif
  :: d_step { my.lease && !upstreamReset && my.value == NONE && my.flight == NONE ->
       printf("replica %d fetches\n", me);
       my.flight = OLD }
  :: d_step { my.flight == OLD -> printf("replica %d: the fetch arrives\n", me); my.value = OLD; my.flight = NONE }
  :: d_step { my.flight == OLD -> my.flight = NONE; forgetHarmless(me) }
  :: d_step { my.value == OLD -> my.value = NONE; forgetHarmless(me) }
#ifdef UNFENCED_SECOND_TIER
  :: d_step { my.flight == OLD -> printf("replica %d: the fetch arrives in the second tier\n", me); tier = OLD; my.flight = NONE }
  :: d_step { my.lease && my.value == NONE && my.flight == NONE && tier == OLD -> my.value = OLD }
#endif

  /* A read without one: served after a renewal sent later than it, or else by a fetch of its own that nobody else sees. */
  :: d_step { promised && !my.lease && reading == IDLE ->
       printf("replica %d: a read starts without a lease\n", me);
       reading = ASKING;
       reader = me }
  :: d_step { reading == FETCHING && reader == me ->
       printf("replica %d: the read fetches by itself\n", me);
       reach(degradedReads);
#ifdef DEGRADED_READ_JOINS
       assert(my.flight != OLD);
#endif
       assert(upstreamReset);
       endRead() }

  /* Renewals. */
  :: d_step { my.renewal == IDLE ->
       printf("replica %d sends a renewal\n", me);
       my.renewal = SENT;
       if :: reading == ASKING && reader == me -> reading = ASKED :: else fi }
  :: d_step { my.renewal == SENT -> printf("replica %d: the renewal is run by Redis\n", me); renewAtRedis() }
  :: d_step { my.renewal == ANSWERED -> printf("replica %d: the renewal's answer arrives\n", me); applyAnswer() }
  :: d_step { my.renewal != IDLE ->
       printf("replica %d gives the renewal up\n", me);
       forgetRenewal(me);
       if :: reading == ASKED && reader == me -> reading = FETCHING :: else fi }
  :: d_step { my.lease -> printf("replica %d: the lease ends\n", me); my.lease = false }

  /* The record of any other reset, wherever it comes from. */
  :: d_step { seq < RESETS -> printf("replica %d adds the record of another reset\n", me); append() }

  /* The watched reset. */
#ifdef CLEARED_BEFORE_UPSTREAM_ONLY
  :: d_step { me == 0 && reset == IDLE -> clear(); reset = ACCEPTED }
  :: d_step { me == 0 && reset == ACCEPTED -> printf("AppFlow is reset\n"); upstreamReset = true; forgetAllHarmless(); reset = CLEARED }
#else
  :: d_step { me == 0 && reset == IDLE -> printf("AppFlow is reset\n"); upstreamReset = true; forgetAllHarmless(); reset = ACCEPTED }
  :: d_step { me == 0 && reset == ACCEPTED -> clear(); reset = CLEARED }
#endif
  :: d_step { me == 0 && reset == CLEARED && seq < RESETS ->
       printf("the record is added\n");
       append();
       toldIdentity = identity;
       toldSeq = seq;
#ifdef UNFENCED_SECOND_TIER
       tier = NONE;
#endif
       reset = APPENDED }
  :: d_step { me == 0 && reset == APPENDED -> printf("the append is tried again\n"); reach(retriedAppends); reset = CLEARED; forgetTold() }
#ifdef CLEARED_BEFORE_UPSTREAM_ONLY
  :: d_step { me == 0 && reset == APPENDED -> reset = WAITING }
#else
  :: d_step { me == 0 && reset == APPENDED -> clear(); reset = WAITING }
#endif
  :: d_step { me == 0 && reset == WAITING && toldByThisLog && allHaveApplied ->
       printf("Redis says that all members have applied the record\n");
       if :: someoneApplied -> reach(acknowledgedExits) :: else fi;
       reset = HEARD }
  :: d_step { me == 0 && reset == HEARD && my.identity == toldIdentity ->
       reach(earlyExits);
       outlastEarlierLogs();
       answer() }
  :: d_step { me == 0 && (reset == WAITING || reset == HEARD) ->
       printf("a lease has passed\n");
       reach(timedExits);
       outlastLeases();
       answer() }
#ifdef SUCCESS_WITHOUT_REDIS
  :: d_step { me == 0 && reset == CLEARED -> answer() }
#endif
#ifdef ANSWERED_WITHOUT_WAITING
  :: d_step { me == 0 && reset == WAITING -> answer() }
#endif

  /* Nobody has heard of the member for a lease, so its row goes, and with the time its lease. An answer still under way
     is too late as well: it counts as lost, for the next one says whatever it says. */
  :: d_step { row[me] > 0 ->
       printf("replica %d is pruned\n", me);
       reach(prunedMembers);
       row[me] = 0;
#ifndef PRUNED_TOO_SOON
       my.lease = false;
       if :: my.renewal == ANSWERED -> forgetRenewal(me) :: else fi
#endif
     }

  :: d_step { me != 0 || reset == IDLE || promised ->
       printf("replica %d crashes\n", me);
       reach(crashes);
       forgetMember(me);
       if :: reader == me -> endRead() :: else fi }
  od
}

active proctype redis() {
end:
  do
  :: d_step { identity <= LOSSES ->
       printf("Redis restarts without its data\n");
       reach(emptyRestarts);
       identity++;
       seq = 0;
       for (j : 0 .. REPLICAS - 1) { row[j] = 0; newest[j] = 0 }
       forgetGoneLogs() }
  :: atomic { identity <= LOSSES ->
       reach(olderRestarts);
#ifndef NO_RUN_ID
       identity++;
#endif
       do
       :: seq > 0 -> seq--
       :: break
       od;
       printf("Redis restarts, its last record is %d\n", seq);
       for (j : 0 .. REPLICAS - 1) {
         if :: newest[j] > seq -> newest[j] = seq :: else fi;
         if :: row[j] > seq + 1 -> row[j] = seq + 1 :: else fi;
         if :: true :: row[j] > 0 -> row[j] = 0 fi
       }
       forgetGoneLogs() }
  od
}
