;;; The inference of backcause as plain CLIPS 6.4 rules: evidence by strata, sums, statuses, vetoes, chains, gaps.
;;; The knowledge itself (rules, nodes, links) is written below this text by benchmarks/clips_rules.py.
;;; Facts of a case are words. What was asked and is not known is the word `unknown`; what was not asked has no fact.

;;; ---- what is known of the case

(deftemplate word (slot finding) (slot side) (slot is))
(deftemplate known (slot finding) (slot side))
(deftemplate body (slot this) (slot other))
(deffacts body (body (this left) (other right)) (body (this right) (other left)))

;;; ---- control: one phase at a time, each until nothing more can fire

(deftemplate phase (slot at) (slot n (default 0)))
(deftemplate next (slot at) (slot n (default 0)) (slot then) (slot then-n (default 0)))
(deffacts begin (phase (at safety)))

(defrule go-on "Nothing more can fire in this phase"
  (declare (salience -1000))
  ?phase <- (phase (at ?at) (n ?n))
  (next (at ?at) (n ?n) (then ?then) (then-n ?then-n))
  =>
  (retract ?phase)
  (assert (phase (at ?then) (n ?then-n))))

;;; ---- what rules say

(deftemplate fired (slot rule) (slot side))
(deftemplate flag (slot verb) (slot rule) (slot side))
(deftemplate tally (slot rule) (slot side) (slot leaf))
(deftemplate said (slot rule) (slot kind) (slot conclusion) (slot side) (slot amount (default 0)) (slot strength (default 0)) (slot way (default none)) (slot cluster (default none)))

;;; ---- weighing: the strongest of a cluster counts once for and once against, then the sum makes a status

(deftemplate scale (slot supported) (slot refuted))
(deftemplate node (slot conclusion) (slot side) (slot after))
(deftemplate total (slot conclusion) (slot side) (slot amount))
(deftemplate counted (slot conclusion) (slot side) (slot cluster) (slot way) (slot amount))
(deftemplate status (slot conclusion) (slot side) (slot state) (slot amount) (slot settled (default no)))

(defrule weigh "A hint counts when nothing of its cluster is stronger in the same direction"
  (phase (at weigh) (n ?n))
  (node (conclusion ?c) (side ?d) (after ?n))
  (said (kind hint) (conclusion ?c) (side ?d) (cluster ?k) (way ?w) (strength ?s) (amount ?a))
  (not (said (kind hint) (conclusion ?c) (side ?d) (cluster ?k) (way ?w) (strength ?x&:(> ?x ?s))))
  =>
  (assert (counted (conclusion ?c) (side ?d) (cluster ?k) (way ?w) (amount ?a))))

(defrule add "Each is added once and then gone"
  (phase (at add))
  ?one <- (counted (conclusion ?c) (side ?d) (amount ?a))
  ?total <- (total (conclusion ?c) (side ?d) (amount ?t))
  =>
  (retract ?one)
  (modify ?total (amount (+ ?t ?a))))

(defrule conflict "Shown and excluded: open"
  (phase (at decide) (n ?n))
  (node (conclusion ?c) (side ?d) (after ?n))
  (total (conclusion ?c) (side ?d) (amount ?t))
  (exists (said (kind shows) (conclusion ?c) (side ?d)))
  (exists (said (kind excludes) (conclusion ?c) (side ?d)))
  =>
  (assert (status (conclusion ?c) (side ?d) (state open) (amount ?t))))

(defrule shown
  (phase (at decide) (n ?n))
  (node (conclusion ?c) (side ?d) (after ?n))
  (total (conclusion ?c) (side ?d) (amount ?t))
  (exists (said (kind shows) (conclusion ?c) (side ?d)))
  (not (said (kind excludes) (conclusion ?c) (side ?d)))
  =>
  (assert (status (conclusion ?c) (side ?d) (state supported) (amount ?t) (settled yes))))

(defrule excluded
  (phase (at decide) (n ?n))
  (node (conclusion ?c) (side ?d) (after ?n))
  (total (conclusion ?c) (side ?d) (amount ?t))
  (exists (said (kind excludes) (conclusion ?c) (side ?d)))
  (not (said (kind shows) (conclusion ?c) (side ?d)))
  =>
  (assert (status (conclusion ?c) (side ?d) (state refuted) (amount ?t) (settled yes))))

(defrule by-sum
  (phase (at decide) (n ?n))
  (scale (supported ?high) (refuted ?low))
  (node (conclusion ?c) (side ?d) (after ?n))
  (total (conclusion ?c) (side ?d) (amount ?t))
  (not (said (kind shows|excludes) (conclusion ?c) (side ?d)))
  =>
  (assert (status (conclusion ?c) (side ?d) (amount ?t) (state (if (>= ?t ?high) then supported else (if (<= ?t ?low) then refuted else open))))))

;;; ---- vetoes: what belongs to one conclusion, when that one is present

(deftemplate claim (slot node) (slot side) (slot by) (slot by-side))
(deftemplate claimed (slot node) (slot side) (slot by) (slot by-side))

(defrule own
  (phase (at own))
  (claim (node ?c) (side ?d) (by ?b) (by-side ?e))
  (status (conclusion ?b) (side ?e) (state supported))
  =>
  (assert (claimed (node ?c) (side ?d) (by ?b) (by-side ?e))))

;;; ---- chains: from what is present along the links; `onward` is where a link arrives for this person

(deftemplate conclusion (slot id) (slot layer) (slot sided) (slot inferred) (slot pain) (slot starts) (slot bridged))
(deftemplate link (slot source) (slot target) (slot side) (slot how) (slot walked))
(deftemplate pain (slot side))
(deftemplate active (slot node) (slot side))
(deftemplate leave (slot node) (slot side))
(deftemplate onward (slot source) (slot source-side) (slot node) (slot side) (slot how) (slot walked))
(deftemplate step (slot source) (slot source-side) (slot node) (slot side) (slot how))
(deftemplate reaches (slot node) (slot side))

(defrule pain-on-one-side
  (phase (at own))
  (conclusion (id ?c) (pain yes))
  (status (conclusion ?c) (side ?d) (state supported))
  (not (and (conclusion (id ?o) (pain yes)) (status (conclusion ?o) (side ~?d) (state supported))))
  =>
  (assert (pain (side ?d))))

(defrule pain-on-no-one-side
  (phase (at own))
  (or (not (and (conclusion (id ?c) (pain yes)) (status (conclusion ?c) (state supported))))
      (and (conclusion (id ?a) (pain yes)) (status (conclusion ?a) (side left) (state supported))
           (conclusion (id ?b) (pain yes)) (status (conclusion ?b) (side right) (state supported))))
  =>
  (assert (pain (side none))))

(defrule start
  (phase (at step))
  (status (conclusion ?c) (side ?d) (state supported))
  (conclusion (id ?c) (starts yes))
  =>
  (assert (active (node ?c) (side ?d))))

(defrule walk-from
  (active (node ?c) (side ?d))
  =>
  (assert (leave (node ?c) (side ?d))))

(defrule arrive-without-side
  (leave (node ?c) (side ?d))
  (link (source ?c) (target ?t) (how ?how) (walked ?walked))
  (conclusion (id ?t) (sided no))
  =>
  (assert (onward (source ?c) (source-side ?d) (node ?t) (side none) (how ?how) (walked ?walked))))

(defrule arrive-on-the-same-side
  (leave (node ?c) (side ?d&left|right))
  (link (source ?c) (target ?t) (side same) (how ?how) (walked ?walked))
  (conclusion (id ?t) (sided yes))
  =>
  (assert (onward (source ?c) (source-side ?d) (node ?t) (side ?d) (how ?how) (walked ?walked))))

(defrule arrive-on-the-other-side
  (leave (node ?c) (side ?d))
  (body (this ?d) (other ?e))
  (link (source ?c) (target ?t) (side opposite) (how ?how) (walked ?walked))
  (conclusion (id ?t) (sided yes))
  =>
  (assert (onward (source ?c) (source-side ?d) (node ?t) (side ?e) (how ?how) (walked ?walked))))

(defrule arrive-on-either-side
  (leave (node ?c) (side ?d))
  (link (source ?c) (target ?t) (side ?rule) (how ?how) (walked ?walked))
  (test (or (eq ?d none) (eq ?rule either) (eq ?rule none)))
  (conclusion (id ?t) (sided yes) (inferred no))
  (body (this ?e))
  =>
  (assert (onward (source ?c) (source-side ?d) (node ?t) (side ?e) (how ?how) (walked ?walked))))

(defrule arrive-where-the-pain-is "No test tells the side of what is only inferred"
  (leave (node ?c) (side ?d))
  (link (source ?c) (target ?t) (side ?rule) (how ?how) (walked ?walked))
  (test (or (eq ?d none) (eq ?rule either) (eq ?rule none)))
  (conclusion (id ?t) (sided yes) (inferred yes))
  (pain (side ?e))
  =>
  (assert (onward (source ?c) (source-side ?d) (node ?t) (side ?e) (how ?how) (walked ?walked))))

(defrule step "To what is present; a claimed node is open to its claimer and to what the same one claims"
  (phase (at step|later))
  (active (node ?c) (side ?d))
  (onward (source ?c) (source-side ?d) (node ?t) (side ?e) (how step) (walked yes))
  (status (conclusion ?t) (side ?e) (state supported))
  (or (not (claimed (node ?t) (side ?e)))
      (claimed (node ?t) (side ?e) (by ?c) (by-side ?d))
      (exists (claimed (node ?t) (side ?e) (by ?b) (by-side ?f)) (claimed (node ?c) (side ?d) (by ?b) (by-side ?f))))
  =>
  (assert (step (source ?c) (source-side ?d) (node ?t) (side ?e) (how step)))
  (assert (active (node ?t) (side ?e))))

(defrule infer
  (phase (at step|later))
  (active (node ?c) (side ?d))
  (onward (source ?c) (source-side ?d) (node ?t) (side ?e) (how inferred) (walked yes))
  =>
  (assert (step (source ?c) (source-side ?d) (node ?t) (side ?e) (how inferred)))
  (assert (active (node ?t) (side ?e))))

(defrule reach-a-complaint
  (phase (at reach))
  (step (source ?c) (source-side ?d) (node ?t) (side ?e))
  (status (conclusion ?t) (side ?e) (state supported))
  (conclusion (id ?t) (layer presentation))
  =>
  (assert (reaches (node ?c) (side ?d))))

(defrule reach-through
  (phase (at reach))
  (step (source ?c) (source-side ?d) (node ?t) (side ?e))
  (reaches (node ?t) (side ?e))
  =>
  (assert (reaches (node ?c) (side ?d))))

(defrule associate "Only where nothing else leads from the source to a complaint"
  (phase (at later))
  (active (node ?c) (side ?d))
  (onward (source ?c) (source-side ?d) (node ?t) (side ?e) (how association) (walked yes))
  (status (conclusion ?t) (side ?e) (state supported))
  (not (reaches (node ?c) (side ?d)))
  =>
  (assert (step (source ?c) (source-side ?d) (node ?t) (side ?e) (how association)))
  (assert (active (node ?t) (side ?e))))

;;; ---- gaps: one open node that would join two that are present

(deftemplate reads (slot conclusion) (slot finding) (slot sided))
(deftemplate open-node (slot node) (slot side))
(deftemplate leads (slot source) (slot source-side) (slot node) (slot side))
(deftemplate bridge (slot source) (slot source-side) (slot node) (slot side))
(deftemplate gap (slot source) (slot source-side) (slot node) (slot side))
(deftemplate beyond (slot source) (slot source-side) (slot node) (slot side))

(defrule lead-by-a-step
  (phase (at bridge))
  (step (source ?c) (source-side ?d) (node ?t) (side ?e))
  =>
  (assert (leads (source ?c) (source-side ?d) (node ?t) (side ?e))))

(defrule lead-on
  (phase (at bridge))
  (leads (source ?c) (source-side ?d) (node ?m) (side ?f))
  (step (source ?m) (source-side ?f) (node ?t) (side ?e))
  =>
  (assert (leads (source ?c) (source-side ?d) (node ?t) (side ?e))))

(defrule bridge-from "From what is present, but not from a past event"
  (phase (at bridge))
  (status (conclusion ?c) (side ?d) (state supported))
  (conclusion (id ?c) (bridged yes))
  =>
  (assert (leave (node ?c) (side ?d))))

(defrule open-on-a-side "A test is still to be done on this side"
  (phase (at bridge))
  (status (conclusion ?c) (side ?d) (state open))
  (conclusion (id ?c) (layer impairment|habit))
  (not (claimed (node ?c) (side ?d)))
  (or (exists (reads (conclusion ?c) (finding ?f) (sided no)) (not (known (finding ?f) (side none))))
      (exists (reads (conclusion ?c) (finding ?f) (sided yes)) (body (this ?d)) (not (known (finding ?f) (side ?d))))
      (exists (reads (conclusion ?c) (finding ?f) (sided yes)) (body (this ?e)) (test (eq ?d none)) (not (known (finding ?f) (side ?e)))))
  =>
  (assert (open-node (node ?c) (side ?d))))

(defrule bridge
  (phase (at bridge))
  (status (conclusion ?c) (side ?d) (state supported))
  (conclusion (id ?c) (bridged yes))
  (onward (source ?c) (source-side ?d) (node ?g) (side ?e) (how ~association))
  (open-node (node ?g) (side ?e))
  =>
  (assert (bridge (source ?c) (source-side ?d) (node ?g) (side ?e)))
  (assert (leave (node ?g) (side ?e))))

(defrule close "The far end is present or only inferred, is no complaint, and nothing else leads there"
  (phase (at gap))
  (bridge (source ?c) (source-side ?d) (node ?g) (side ?e))
  (onward (source ?g) (source-side ?e) (node ?v) (side ?f) (how ~association))
  (conclusion (id ?v) (layer ~presentation) (inferred ?inferred))
  (or (test (eq ?inferred yes)) (status (conclusion ?v) (side ?f) (state supported)))
  (not (claimed (node ?v) (side ?f)))
  (test (not (and (eq ?c ?v) (eq ?d ?f))))
  (not (leads (source ?c) (source-side ?d) (node ?v) (side ?f)))
  =>
  (assert (gap (source ?c) (source-side ?d) (node ?g) (side ?e)))
  (assert (gap (source ?g) (source-side ?e) (node ?v) (side ?f)))
  (if (eq ?inferred yes) then (assert (leave (node ?v) (side ?f)))))

(defrule beyond "From an inferred far end on to present complaints"
  (phase (at gap))
  (gap (node ?v) (side ?f))
  (conclusion (id ?v) (inferred yes))
  (onward (source ?v) (source-side ?f) (node ?w) (side ?g) (how ~association))
  (status (conclusion ?w) (side ?g) (state supported))
  =>
  (assert (beyond (source ?v) (source-side ?f) (node ?w) (side ?g))))
