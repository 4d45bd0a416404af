import type { Locale } from '#terms/locale.ts'

/** A reason why a number is not shown, told to everybody. */
interface Reason {
  title: string
  body: readonly string[]
}

/** The page “Why some numbers are missing”. Its examples are drawn beside it from the same made-up numbers in both languages. */
export interface Missing {
  title: string
  lead: string
  symbols: string
  when: { title: string; lead: string }
  reasons: Record<'few' | 'same' | 'reveal' | 'dominate' | 'revised' | 'decision' | 'free', Reason>
  checked: { title: string; body: readonly string[]; link: string }
  todo: { title: string; list: readonly string[] }
  more: { title: string; body: string }
  rules: { title: string; body: readonly string[]; history: string }
  /** names in the made-up tables */
  examples: {
    madeUp: string
    school: string
    pupils: string
    mean: string
    release: string
    birch: string
    oak: string
    lime: string
    maple: string
    total: string
    few: string
    same: string
    highest: string
    sameSays: string
    oneHidden: string
    oneHiddenSays: string
    twoHidden: string
    twoHiddenSays: string
    revised: string
    revisedSays: string
    free: string
    grade: (grade: number) => string
    real: string
    shown: string
    freeSays: string
  }
}

export const missing: Record<Locale, Missing> = {
  lv: {
    title: 'Kāpēc daži skaitļi nav redzami',
    lead: 'Skaitlis par pāris bērniem var pateikt kaut ko par katru no viņiem. Tādus skaitļus publiski nerāda, un to vietā stāv burts. Šī lapa paskaidro, kad tas notiek un ko darīt, ja meklētā skaitļa nav.',
    symbols: 'Burts skaitļa vietā',
    when: {
      title: 'Kad skaitli nerāda',
      lead: 'Visas skolas un skaitļi piemēros ir izdomāti.',
    },
    reasons: {
      few: {
        title: 'Bērnu ir pārāk maz',
        body: [
          'Ja darbu rakstīja trīs bērni, katrs no viņiem zina savu rezultātu un no vidējā var izrēķināt, cik ieguva abi pārējie kopā. Tāpēc skaitli rāda tikai tad, ja tas attiecas uz pietiekami daudziem.',
        ],
      },
      same: {
        title: 'Visiem ir viens un tas pats',
        body: [
          'Ja augstāko līmeni sasniedza visi vai nesasniedza neviens, skaitlis vairs nestāsta par skolu: tas pasaka, kāds līmenis ir katram bērnam tajā. Tas pats notiek, ja visiem ir vienāds punktu skaits.',
        ],
      },
      reveal: {
        title: 'No tā varētu aprēķināt kaimiņa skaitli',
        body: [
          'Kopskaits parasti ir zināms. Ja paslēpj tikai vienu tā daļu, to var atrast, no kopskaita atņemot pārējās.',
          'Tāpēc dažreiz nerāda arī skaitli, kas pats nav mazs. Sistēma izvēlas to, kura trūkums kaitē vismazāk: lielas skolas un kopskaitus tā slēpj pēdējos.',
        ],
      },
      dominate: {
        title: 'Gandrīz visu summu veido daži cilvēki',
        body: [
          'Ja divpadsmit skolēni kopā ieguva 100 punktus un 92 no tiem pieder diviem, vidējais patiesībā ir stāsts par šiem diviem. Arī tādu skaitli nerāda.',
        ],
      },
      revised: {
        title: 'Skaitlis ir labots',
        body: [
          'Publicēto vairs nevar paņemt atpakaļ: kāds to ir saglabājis. Ja labojums skar vienu bērnu, abi laidieni kopā var pateikt tieši viņa rezultātu.',
          'Tāpēc katru jaunu laidienu pārbauda kopā ar agrākajiem.',
        ],
      },
      decision: {
        title: 'Nav lēmuma to publicēt',
        body: [
          'Par katru rādītāju un līmeni ir lēmums, vai to rāda visiem. Piemēram, savu izaugsmi redz pati skola, bet publiski rāda tikai pašvaldību un valsts izaugsmi. Tam nav sakara ar bērnu skaitu.',
        ],
      },
      free: {
        title: 'Tabulu veido pats lasītājs',
        body: [
          'Kur dalījumus izvēlas pats lasītājs, iespējamo tabulu ir pārāk daudz, lai katrā kaut ko paslēptu. Tur katram skaitlim pieskaita vai no tā atņem mazu nejaušu skaitli, uz to pašu jautājumu vienmēr vienu un to pašu. Lielu skaitli tas gandrīz nemaina, bet mazu grupu pasargā.',
        ],
      },
    },
    checked: {
      title: 'Vai ar to pietiek',
      body: [
        'Pirms katra laidiena sistēma pati cenšas uzzināt visu, ko tā nerāda: no visiem publiskajiem skaitļiem, kopskaitiem un agrākajiem laidieniem kopā. Ja kādu paslēptu skaitu izdodas noteikt pārāk precīzi, laidienu neizdod.',
      ],
      link: 'Datu laidieni: ko katrs rāda un ko nerāda',
    },
    todo: {
      title: 'Ko darīt, ja skaitļa nav',
      list: [
        'Skatieties pašvaldības, reģiona vai valsts skaitli: tur bērnu ir vairāk.',
        'Skatieties citus mācību gadus. Skaitlis, kura nav vienā gadā, citā var būt redzams, un spriest par mazu skolu pēc viena gada tik un tā nevar.',
        'Jautājiet skolai. Tās vadība savas skolas skaitļus redz pilnībā un var tos paskaidrot tā, lai nevienu bērnu nevarētu atpazīt.',
        'Sava bērna rezultātu nemeklējiet publiskajos skaitļos: to vecākiem pasaka skola.',
        'Ja pamanāt, ka aizsargātu skaitli tomēr var aprēķināt, neizplatiet to un pasakiet sistēmas uzturētājam.',
      ],
    },
    more: {
      title: 'Kas redz vairāk',
      body: 'Skolas vadība redz savas skolas skaitļus un savus skolēnus pēc vārda; katru reizi to ieraksta piekļuves žurnālā. Analītiķi redz skaitļus, bet ne cilvēkus. Pārējie redz tikai publiskos skaitļus. Aizsargāts skaitlis neko nesaka par skolas darbu.',
    },
    rules: {
      title: 'Noteikumi, kas ir spēkā',
      body: [
        'Robežas nav ierakstītas programmā. Tie ir datēti noteikumi: par tiem pieņem lēmumu, vecos nelabo, un katrs laidiens glabā tos, pēc kuriem tas veidots. Šo tabulu lapa nolasa no sistēmas.',
      ],
      history: 'Visi noteikumi, arī agrākie (JSON)',
    },
    examples: {
      madeUp: 'Izdomāts piemērs',
      school: 'Skola',
      pupils: 'Skolēni',
      mean: 'Vidējais',
      release: 'Laidiens',
      birch: 'Bērzu skola',
      oak: 'Ozolu skola',
      lime: 'Liepu skola',
      maple: 'Kļavu skola',
      total: 'Novadā kopā',
      few: 'Darbs, ko Liepu skolā rakstīja trīs bērni',
      same: 'Cik skolēnu sasniedza augstāko līmeni',
      highest: 'Sasniedza',
      sameSays: 'Ja te stāvētu 100 %, būtu zināms katra Kļavu skolas skolēna līmenis.',
      oneHidden: 'Ar vienu paslēptu skaitli nepietiek',
      oneHiddenSays: 'tieši tas, kas bija jāsargā',
      twoHidden: 'Ar diviem pietiek',
      twoHiddenSays: 'abās skolās kopā; cik kurā, uzzināt nevar',
      revised: 'Pēc laidiena pievienoja viena skolēna rezultātu',
      revisedSays: 'šī viena skolēna rezultāts',
      free: 'Skaits ar mazu nejaušu piedevu',
      grade: (grade) => `${grade}. klase`,
      real: 'Īstais (to nerāda)',
      shown: 'Rādītais',
      freeSays: 'Rindu summa no kopskaita var atšķirties par dažiem: katram skaitlim ir sava piedeva.',
    },
  },
  en: {
    title: 'Why some numbers are missing',
    lead: 'A number about a few children can say something about each of them. Such numbers are not shown in public; a letter stands in their place. This page explains when that happens and what to do when the number you want is not there.',
    symbols: 'A letter in place of a number',
    when: {
      title: 'When a number is not shown',
      lead: 'All schools and numbers in the examples are made up.',
    },
    reasons: {
      few: {
        title: 'There are too few children',
        body: [
          'When three children sat a test, each of them knows one result and can work out from the mean what the other two have together. That is why a number is shown only when it is about enough people.',
        ],
      },
      same: {
        title: 'Everybody has the same',
        body: [
          'When all reached the highest level, or none did, the number is no longer about the school: it says which level every child in it has. The same happens when all have the same number of points.',
        ],
      },
      reveal: {
        title: 'A neighbour’s number could be worked out from it',
        body: [
          'The total is usually known. If only one of its parts is hidden, it can be found by subtracting the others from the total.',
          'So a number that is not small itself is sometimes hidden too. The system picks the one whose absence does least harm: large schools and totals are hidden last.',
        ],
      },
      dominate: {
        title: 'A few people make up nearly all of the sum',
        body: [
          'When twelve pupils have 100 points together and 92 of them belong to two, the mean is really about these two. Such a number is not shown either.',
        ],
      },
      revised: {
        title: 'The number was corrected',
        body: [
          'What was published cannot be taken back: somebody has kept it. When a correction touches one child, both releases together can give away the very result of that child.',
          'So every new release is checked together with the earlier ones.',
        ],
      },
      decision: {
        title: 'There is no decision to publish it',
        body: [
          'For each indicator and level there is a decision whether everybody may see it. A school, for example, sees its own progress, but only the progress of municipalities and of the country is public. This has nothing to do with the number of children.',
        ],
      },
      free: {
        title: 'The reader makes the table',
        body: [
          'Where readers choose the breakdowns themselves, there are too many possible tables to hide something in each. There a small random number is added to every count or taken from it, always the same one for the same question. A large count hardly changes; a small group is protected.',
        ],
      },
    },
    checked: {
      title: 'Whether that is enough',
      body: [
        'Before each release the system itself tries to find out all that it hides: from all public numbers, totals and earlier releases together. If a hidden count can be pinned down too closely, the release is not made.',
      ],
      link: 'Releases: what each one shows and does not show',
    },
    todo: {
      title: 'What to do when a number is missing',
      list: [
        'Look at the number of the municipality, the region or the country: there are more children there.',
        'Look at other school years. A number missing in one year may be there in another, and a small school cannot be judged by a single year anyway.',
        'Ask the school. Its head sees the school’s own numbers in full and can explain them so that no child can be recognised.',
        'Do not look for your own child’s result among public numbers: the school tells it to parents.',
        'If you notice that a protected number can be worked out after all, do not spread it, and tell whoever runs this system.',
      ],
    },
    more: {
      title: 'Who sees more',
      body: 'A head sees the numbers of the own school and its own pupils by name; each time it is written into the audit trail. Analysts see numbers, but no people. Everybody else sees public numbers only. A protected number says nothing about the work of a school.',
    },
    rules: {
      title: 'The rules in force',
      body: [
        'The limits are not written into the program. They are dated rules: they are decided on, old ones are not edited, and every release keeps those it was made under. This page reads the table from the system.',
      ],
      history: 'All rules, earlier ones too (JSON)',
    },
    examples: {
      madeUp: 'A made-up example',
      school: 'School',
      pupils: 'Pupils',
      mean: 'Mean',
      release: 'Release',
      birch: 'Birch School',
      oak: 'Oak School',
      lime: 'Lime School',
      maple: 'Maple School',
      total: 'Municipality',
      few: 'A test that three children sat at Lime School',
      same: 'How many pupils reached the highest level',
      highest: 'Reached it',
      sameSays: 'If 100% stood here, the level of every pupil of Maple School would be known.',
      oneHidden: 'One hidden number is not enough',
      oneHiddenSays: 'the very number that had to be protected',
      twoHidden: 'Two are',
      twoHiddenSays: 'in both schools together; how many in which cannot be known',
      revised: 'After the release the result of one pupil was added',
      revisedSays: 'the result of this one pupil',
      free: 'Counts with a small random addition',
      grade: (grade) => `Grade ${grade}`,
      real: 'Real (not shown)',
      shown: 'Shown',
      freeSays: 'The sum of the rows may differ from the total by a few: every count has its own addition.',
    },
  },
}
